import { systemClock, type Clock } from '../base/clock.js';
import type { DeviceAddress } from '../base/device-address.js';
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
  /** The address to which SM-DSs send devices. */
  readonly smdp: DeviceAddress;
  /** The SM-DS of this process; absent if the SM-DS role is off. */
  readonly own: SmdsContext | undefined;
  readonly log: DeliveryLog;
}

/**
 * Registers and deletes events at SM-DSs. Calls of ES2+ use `events` and wait for the SM-DS. The courier does all other work, once it has
 * been started.
 */
export interface Discovery {
  readonly events: EventRegistrar;
  readonly courier: Courier<Registration>;
}

/** How long an SM-DS may take to answer, in milliseconds. An operator may be waiting for our answer in the meantime. */
const timeout = 10_000;

export function smdsDiscovery({ store, pki, clock, random, smdp, own, log }: DiscoveryOptions): Discovery {
  const { cert, key } = pki.tls;
  const smdsAt = smdsDirectory({
    client: { pki, clock, random, timeout, credential: { cert, key }, requester: pki.identities[0]!.oid },
    ...{ smdp, own },
  });
  return {
    events: new EventRegistrar({ store, clock: systemClock, smdsAt }),
    courier: eventCourier({ store, clock: systemClock, orderClock: clock, smdsAt, log }),
  };
}
