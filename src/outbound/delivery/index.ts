/** Delivers items from queues in the database, each at least once. Uses leases, and retries after growing pauses. */
export { Courier, type CourierOptions } from './courier.js';
export type { DeliveryLog } from './receiver-queue.js';
export type { ReceiverConnection, Item, Route, DeliveryFailure } from './route.js';
