import { LeastRecentlyUsed } from '../../base/least-recently-used.js';
import type { ExchangeFilter } from './filter.js';

/** The newest exchange that the journal evicted because of its limits. */
export interface Loss {
  /** The greatest evicted id. */
  readonly id: number;
  /** The newest evicted time, in milliseconds since 1970. */
  readonly at: number;
}

/** The journal remembers for this many namespaces when they were cleared. Others may see losses from before their clearing. */
const mostNamespaces = 1000;

/** What the journal evicted because of its limits, as opposed to what a user removed. */
export class Losses {
  #newest: Loss | undefined;
  readonly #emptied = new LeastRecentlyUsed<number>(mostNamespaces);

  add({ id, at }: Loss): void {
    this.#newest = { id, at: Math.max(at, this.#newest?.at ?? -Infinity) };
  }

  /** Forgets the losses after a user removed everything. */
  forgive(): void {
    this.#newest = undefined;
  }

  /** Ignores losses up to this id for one namespace. */
  forgiveIn(namespace: string, id: number): void {
    this.#emptied.set(namespace, id);
  }

  /** The loss in the filter's time range, if any. */
  in({ after = 0, since = -Infinity }: ExchangeFilter, namespace?: string): Loss | undefined {
    const emptied = namespace === undefined ? 0 : (this.#emptied.get(namespace) ?? 0);
    const lost = this.#newest;
    return lost && lost.id > Math.max(after, emptied) && lost.at >= since ? lost : undefined;
  }
}
