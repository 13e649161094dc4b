import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import type { Store } from '../../store/index.js';
import type { ProgressMessages } from '../decide-order.js';

/** The dependencies of a simulated download. */
export interface SimulationContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  /** The SM-DP+ address. */
  readonly address: string;
  /** OID of the SM-DP+. */
  readonly smdpOid: string;
  /** Queues messages to operators. Absent: the server sends no such messages. */
  readonly progress?: ProgressMessages | undefined;
}
