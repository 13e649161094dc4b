import type { ExchangeEntry } from './entry.js';
import type { ExchangeFilter } from './filter.js';
import { Losses, type Loss } from './losses.js';

/** Losses of what was served no function, by interface and function, so that a flood of it puts nothing else in doubt. */
export class MishapLosses {
  readonly #byFunction = new Map<string, { readonly entry: ExchangeEntry; readonly losses: Losses }>();

  add(entry: ExchangeEntry): void {
    const { interfaceName, functionName } = entry.exchange;
    const key = `${interfaceName} ${functionName}`;
    const known = this.#byFunction.get(key) ?? { entry, losses: new Losses() };
    known.losses.add(entry);
    this.#byFunction.set(key, known);
  }

  /** Everything was removed on purpose: whoever has done so misses nothing. */
  forgive(): void {
    this.#byFunction.clear();
  }

  /** The newest loss of the time and the kind that a filter is for. */
  in(filter: ExchangeFilter): Loss | undefined {
    return [...this.#byFunction.values()]
      .filter(({ entry: { exchange } }) => mayMean(filter, exchange.interfaceName, exchange.functionName))
      .flatMap(({ losses }) => losses.in(filter) ?? [])
      .sort((one, other) => other.id - one.id)[0];
  }
}

/** Nothing that was served no function is known to be of a device or an order. */
const mayMean = (filter: ExchangeFilter, interfaceName: string, functionName: string): boolean =>
  filter.unserved !== false &&
  (filter.interface ?? interfaceName) === interfaceName &&
  (filter.function ?? functionName) === functionName &&
  (filter.result === undefined || /^(TLS|HTTP) /.test(filter.result)) &&
  [filter.session, filter.eid, filter.matchingId, filter.iccid].every((trait) => trait === undefined);
