import { systemClock, type Clock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import type { Courier, DeliveryLog } from '../outbound/delivery/index.js';
import { eventCourier, EventRegistrar, smdsDirectory } from '../smds/discovery/index.js';
import type { Pki } from '../pki/index.js';
import type { SmdsContext } from '../smds/registry/index.js';
import type { Registration, Store } from '../store/index.js';

export interface DiscoveryOptions {
  readonly store: Store;
  readonly pki: Pki;
  readonly clock: Clock;
  readonly random: Random;
  /** The SM-DP+ address. */
  readonly address: string;
  /** The SM-DS of this process; absent while that role is off. */
  readonly own: SmdsContext | undefined;
  readonly log: DeliveryLog;
}

/** What tells SM-DSs of orders: those that operators wait for, and, once it is started, all others. */
export interface Discovery {
  readonly events: EventRegistrar;
  readonly courier: Courier<Registration>;
}

/** How long an SM-DS may take for an answer, in milliseconds: an operator may wait for us meanwhile. */
const timeout = 10_000;

export function discovery(options: DiscoveryOptions): Discovery {
  const { store, pki, clock, random, own, log } = options;
  const { cert, key } = pki.tls;
  const smdsAt = smdsDirectory({
    client: { pki, clock, random, timeout, credential: { cert, key }, requester: pki.identities[0]!.oid },
    own,
    get address() {
      return options.address;
    },
  });
  return {
    events: new EventRegistrar({ store, clock: systemClock, smdsAt }),
    courier: eventCourier({ store, clock: systemClock, orderClock: clock, smdsAt, log }),
  };
}
