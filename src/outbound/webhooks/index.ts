/** Webhooks: messages to other programs about events on the server. */
export { announcingStore } from './announcing-store.js';
export { WebhookDesk, type Ping, type WebhookDeskOptions } from './desk.js';
export { eventTypes } from './event.js';
