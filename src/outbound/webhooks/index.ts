/** Webhooks: messages to other programs about events on the server. */
export { announcingStore } from './announcing-store.js';
export { WebhookCourier, type Ping, type WebhookCourierOptions } from './webhook-courier.js';
export { eventTypes } from './event.js';
