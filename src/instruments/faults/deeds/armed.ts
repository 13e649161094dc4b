import type { Exchange } from '../../exchanges/index.js';
import type { FaultAction } from '../rules/fault.js';
import { describeEffects } from './describe.js';

/** Told of everything that is done to exchanges on purpose. */
export type ReportFault = (exchange: Exchange, by: string, what: string) => void;

/** A deed that is to be done to one exchange. */
export class ArmedAction {
  #taken: boolean | undefined;

  constructor(
    readonly deed: FaultAction,
    private readonly exchange: Exchange,
    private readonly announce: ReportFault,
  ) {}

  /** Takes one of the times that the deed may be done, once for the exchange, and says so. */
  take(): boolean {
    if (this.#taken !== undefined) return this.#taken;
    this.#taken = this.deed.take();
    if (this.#taken) {
      const what = describeEffects(this.deed.rule);
      this.exchange.noted(this.deed.by, what, this.deed.given);
      this.announce(this.exchange, this.deed.by, what);
    }
    return this.#taken;
  }
}
