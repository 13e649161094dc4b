/** ES2+ in the other direction: operators are told how downloads go on (SGP.22 5.3.5). */
export { progressCourier, type ProgressCourierOptions } from './courier.js';
export type { ClientTls } from './operator-client.js';
export { ProgressOutbox, type OutboxOptions } from './outbox.js';
