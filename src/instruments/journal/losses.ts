import { LeastRecentlyUsed } from '../../base/least-recently-used.js';
import type { ExchangeFilter } from './filter.js';

/** Up to where exchanges were given up, because there were too many of them or they were too old. */
export interface Loss {
  /** The greatest id that is lost. */
  readonly id: number;
  /** The newest instant that is lost: milliseconds since 1970. */
  readonly at: number;
}

/** Namespaces of which it is known when they were emptied; of another one, losses are said to be its own. */
const mostNamespaces = 1000;

/** What a journal has lost of its own accord, as against what somebody has removed. */
export class Losses {
  #newest: Loss | undefined;
  readonly #emptied = new LeastRecentlyUsed<number>(mostNamespaces);

  add({ id, at }: Loss): void {
    this.#newest = { id, at: Math.max(at, this.#newest?.at ?? -Infinity) };
  }

  /** Everything was removed on purpose: whoever has done so misses nothing. */
  forgive(): void {
    this.#newest = undefined;
  }

  /** The same for what is in a namespace, up to an id. */
  forgiveIn(namespace: string, id: number): void {
    this.#emptied.set(namespace, id);
  }

  /** What is lost of the time that a filter is for. */
  in({ after = 0, since = -Infinity }: ExchangeFilter, namespace?: string): Loss | undefined {
    const emptied = namespace === undefined ? 0 : (this.#emptied.get(namespace) ?? 0);
    const lost = this.#newest;
    return lost && lost.id > Math.max(after, emptied) && lost.at >= since ? lost : undefined;
  }
}
