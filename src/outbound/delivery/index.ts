/** Delivers items that are queued in the database: at least once, with leases and back-off. */
export { Courier, type CourierOptions } from './courier.js';
export type { DeliveryLog } from './receiver-queue.js';
export type { ReceiverConnection, Item, Route, DeliveryFailure } from './route.js';
