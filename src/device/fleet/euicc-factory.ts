import type { CardProperties } from '../card/index.js';
import type { EuiccMaterial } from '../euicc/index.js';
import { loadManufacturers, manufactureEuicc, type Manufacturer } from '../manufacture.js';
import { MaterialError } from '../material.js';

/** The number of digits at the start of an EID that identify the manufacturer. */
const prefixDigits = 8;
/** Maximum number of manufacturers that are kept in memory. */
const mostManufacturers = 1000;

/** Makes the eUICCs of a fleet, with one manufacturer for each EID prefix. */
export class EuiccFactory {
  readonly #manufacturers = new Map<string, readonly Manufacturer[]>();

  constructor(
    private readonly folder: string,
    private readonly card: CardProperties,
  ) {}

  /** @throws MaterialError, which says what the PKI folder lacks */
  make(eid: string): EuiccMaterial {
    const [first, ...others] = this.#manufacturersOf(eid).map((each) => manufactureEuicc(each, eid));
    if (!first) {
      throw new MaterialError(
        `${this.folder} has neither a manufacturer's key (SK_EUM_*) nor the CI's key (SK_CI_*); to make eUICCs, use a PKI that mock-smdp made`,
      );
    }
    return { ...first, credentials: [first, ...others].flatMap(({ credentials }) => credentials) };
  }

  #manufacturersOf(eid: string): readonly Manufacturer[] {
    const prefix = eid.slice(0, prefixDigits);
    const known = this.#manufacturers.get(prefix);
    if (known) return known;
    const all = loadManufacturers(this.folder, eid);
    // Making a certificate takes time. One certificate is enough unless a card property selects certificates.
    const needsAll = this.card.curve !== undefined || this.card.signingCis !== undefined;
    const loaded = needsAll ? all : all.slice(0, 1);
    if (this.#manufacturers.size >= mostManufacturers) this.#manufacturers.clear();
    this.#manufacturers.set(prefix, loaded);
    return loaded;
  }
}
