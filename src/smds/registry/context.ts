import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import type { Store } from '../../store/index.js';
import type { EventRegistry } from './event-registry.js';

/** The dependencies of the SM-DS. */
export interface SmdsContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  /** The address of this SM-DS: `host` or `host:port`. */
  readonly address: string;
  /** The root SM-DS. Absent if this SM-DS is itself a root SM-DS. */
  readonly root?: EventRegistry | undefined;
}
