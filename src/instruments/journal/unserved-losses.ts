import type { ExchangeEntry } from './entry.js';
import type { ExchangeFilter } from './filter.js';
import { Losses, type Loss } from './losses.js';

/**
 * Evicted requests that reached no function, by interface and function. The journal counts them separately, so that a flood of such requests
 * does not make other queries report lost entries.
 */
export class UnservedLosses {
  readonly #byFunction = new Map<string, { readonly entry: ExchangeEntry; readonly losses: Losses }>();

  add(entry: ExchangeEntry): void {
    const { interfaceName, functionName } = entry.exchange;
    const key = `${interfaceName} ${functionName}`;
    const known = this.#byFunction.get(key) ?? { entry, losses: new Losses() };
    known.losses.add(entry);
    this.#byFunction.set(key, known);
  }

  /** Forgets all losses. Called when a user has removed everything. */
  forgive(): void {
    this.#byFunction.clear();
  }

  /** The newest evicted request that the filter could have matched. */
  in(filter: ExchangeFilter): Loss | undefined {
    return [...this.#byFunction.values()]
      .filter(({ entry: { exchange } }) => mayMean(filter, exchange.interfaceName, exchange.functionName))
      .flatMap(({ losses }) => losses.in(filter) ?? [])
      .sort((one, other) => other.id - one.id)[0];
  }
}

/** Requests that reached no function have no known device or order. */
const mayMean = (filter: ExchangeFilter, interfaceName: string, functionName: string): boolean =>
  filter.unserved !== false &&
  (filter.interface ?? interfaceName) === interfaceName &&
  (filter.function ?? functionName) === functionName &&
  (filter.result === undefined || /^(TLS|HTTP) /.test(filter.result)) &&
  [filter.session, filter.eid, filter.matchingId, filter.iccid].every((trait) => trait === undefined);
