import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import type { Store } from '../../store/index.js';
import type { ProgressMessages } from '../decide-order.js';

/** What a simulation works with. */
export interface SimulationContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  /** The SM-DP+ address. */
  readonly address: string;
  /** OID of the SM-DP+. */
  readonly smdpOid: string;
  /** Absent: the server sends no messages to operators. */
  readonly progress?: ProgressMessages | undefined;
}
