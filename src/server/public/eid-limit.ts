import { LeastRecentlyUsed } from '../../base/least-recently-used.js';
import type { Exchange, Interceptor } from '../../instruments/exchanges/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import { limits } from './limits.js';

const hour = 60 * 60 * 1000;

interface Window {
  readonly until: number;
  count: number;
}

/** Refuses EIDs that begin too many downloads. Measures real time, not the time of the server's clock. */
export class EidLimit implements Interceptor {
  readonly #windows = new LeastRecentlyUsed<Window>(limits.remembered);
  readonly #counted = new WeakSet<Exchange>();

  constructor(
    private readonly most: number = limits.downloadsPerEid,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws Refusal 8.8.5/6.4 */
  learned(exchange: Exchange): void {
    const { eid } = exchange.facts;
    if (exchange.functionName !== 'authenticateClient' || eid === undefined) return;
    if (this.#counted.has(exchange)) return;
    this.#counted.add(exchange);
    const now = this.now();
    const known = this.#windows.get(eid);
    const window = known && known.until > now ? known : { until: now + hour, count: 0 };
    this.#windows.set(eid, window);
    if (++window.count <= this.most) return;
    throw new Refusal(
      '8.8.5/6.4',
      `this eUICC may begin ${this.most} downloads in an hour; try again in ${Math.ceil((window.until - now) / 60_000)} minutes`,
    );
  }
}
