import type { Clock } from '../../base/clock.js';
import { Courier, type DeliveryLog } from '../../outbound/delivery/index.js';
import type { Registration, Store } from '../../store/index.js';
import { smdsRoute } from './route.js';
import type { SmdsDirectory } from './smds.js';

export interface EventCourierOptions {
  readonly store: Store;
  /** By what the next attempt is reckoned; see `CourierOptions`. */
  readonly clock: Clock;
  /** By what orders expire: the server's idea of now. */
  readonly orderClock: Clock;
  readonly smdsAt: SmdsDirectory;
  readonly log: DeliveryLog;
}

/** Tells SM-DSs what is queued for them, and of orders that have expired. */
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
    failure: 'SM-DSs were not told of orders',
  });
