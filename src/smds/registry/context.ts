import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import type { Store } from '../../store/index.js';
import type { EventRegistry } from './event-registry.js';

/** What the SM-DS role works with. */
export interface SmdsContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  /** The address of this SM-DS: `host` or `host:port`. */
  readonly address: string;
  /** The root SM-DS; absent if this is a root SM-DS itself. */
  readonly root?: EventRegistry | undefined;
}
