import type { Clock } from '../../base/clock.js';
import { Courier, type DeliveryLog } from '../../outbound/delivery/index.js';
import type { Registration, Store } from '../../store/index.js';
import { smdsRoute } from './smds-route.js';
import type { SmdsDirectory } from './smds.js';

export interface EventCourierOptions {
  readonly store: Store;
  /** The clock that decides when the next attempt is due; see `CourierOptions`. */
  readonly clock: Clock;
  /** The server's own clock, which decides when orders expire. */
  readonly orderClock: Clock;
  readonly smdsAt: SmdsDirectory;
  readonly log: DeliveryLog;
}

/** Registers and deletes queued events at SM-DSs, and deletes the events of expired orders. */
export const eventCourier = ({
  store,
  clock,
  orderClock,
  smdsAt,
  log,
}: EventCourierOptions): Courier<Registration> =>
  new Courier({
    routes: async () => {
      await store.expireRegistrations(orderClock.now().getTime());
      const addresses = await store.smdsAddressesToCall();
      return addresses.map((address) => smdsRoute(address, smdsAt(address), store));
    },
    clock,
    log,
    failure: 'the queue of events for SM-DSs failed',
  });
