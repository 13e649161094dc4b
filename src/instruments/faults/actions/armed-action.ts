import type { Exchange } from '../../exchanges/index.js';
import type { FaultAction } from '../rules/fault.js';
import { describeEffects } from './describe.js';

/** Called for every fault that acts on an exchange. */
export type ReportFault = (exchange: Exchange, by: string, what: string) => void;

/** A fault action that is due for one exchange. */
export class ArmedAction {
  #taken: boolean | undefined;

  constructor(
    readonly action: FaultAction,
    private readonly exchange: Exchange,
    private readonly reportFault: ReportFault,
  ) {}

  /** On the first call, counts one use of the action, and records the fault. @returns whether the action may run */
  take(): boolean {
    if (this.#taken !== undefined) return this.#taken;
    this.#taken = this.action.take();
    if (this.#taken) {
      const what = describeEffects(this.action.rule);
      this.exchange.noteFault(this.action.by, what, this.action.given, this.action.outcome);
      this.reportFault(this.exchange, this.action.by, what);
    }
    return this.#taken;
  }
}
