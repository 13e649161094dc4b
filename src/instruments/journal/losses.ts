import { LeastRecentlyUsed } from '../../base/least-recently-used.js';
import type { ExchangeFilter } from './filter.js';

/** The newest entry that the journal's limits evicted. */
export interface Loss {
  /** The greatest id of an evicted entry. */
  readonly id: number;
  /** The time of the newest evicted entry, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Maximum number of namespaces for which the journal remembers when a user last cleared them. A query in any other namespace may report
 * losses from before the namespace was cleared.
 */
const mostNamespaces = 1000;

/** The entries that the journal evicted because of its limits. Entries that a user removed do not count. */
export class Losses {
  #newest: Loss | undefined;
  readonly #emptied = new LeastRecentlyUsed<number>(mostNamespaces);

  add({ id, at }: Loss): void {
    // A shared journal may skip new entries before it evicts older ones.
    const { id: newest, at: last } = this.#newest ?? { id, at };
    this.#newest = { id: Math.max(id, newest), at: Math.max(at, last) };
  }

  /** Forgets all losses. Called when a user has removed everything. */
  forgive(): void {
    this.#newest = undefined;
  }

  /** From now on, a namespace no longer reports losses with this id or a smaller id. */
  forgiveIn(namespace: string, id: number): void {
    this.#emptied.set(namespace, id);
  }

  /** The newest loss in the filter's time range. `undefined`: none. */
  in({ after = 0, since = -Infinity }: ExchangeFilter, namespace?: string): Loss | undefined {
    const emptied = namespace === undefined ? 0 : (this.#emptied.get(namespace) ?? 0);
    const lost = this.#newest;
    return lost && lost.id > Math.max(after, emptied) && lost.at >= since ? lost : undefined;
  }
}
