/** Delivery of what is queued in the database: at least once, for as long as it takes, with leases and back-off. */
export { Courier, type CourierOptions } from './courier.js';
export type { DeliveryLog } from './lane.js';
export type { ReceiverConnection, Item, Route, DeliveryFailure } from './route.js';
