import type {
  CreatedWebhook,
  DeliveryList,
  DeliveryQuery,
  WebhookPing,
  WebhookRequest,
  WebhookView,
} from '../api/index.js';
import { itemsOf, type CallApi } from './call.js';

/** Webhooks: URLs to which the server posts events. All calls throw ControlError, 404 for an unknown webhook. */
export interface WebhookCalls {
  /** Adds a webhook. Only this answer shows its secret. 400: the URL or another member is wrong. 409: there are already 100 webhooks. */
  add(webhook: WebhookRequest): Promise<CreatedWebhook>;
  /** Lists webhooks, oldest first. */
  list(): Promise<readonly WebhookView[]>;
  get(id: number): Promise<WebhookView>;
  /** Removes a webhook with its messages. */
  remove(id: number): Promise<void>;
  /** Sends a test message now. */
  ping(id: number): Promise<WebhookPing>;
  /** Lists messages, newest first. Also counts waiting messages, and messages that were delivered or given up. */
  deliveries(id: number, filter?: DeliveryQuery): Promise<DeliveryList>;
  /** Retries waiting messages now. @returns number of messages that are retried */
  retry(id: number): Promise<number>;
}

export const webhooksBy = (call: CallApi): WebhookCalls => ({
  add: (webhook) => call('POST', '/webhooks', { body: webhook }),
  list: () => itemsOf(call, '/webhooks'),
  get: (id) => call('GET', `/webhooks/${id}`),
  remove: (id) => call('DELETE', `/webhooks/${id}`),
  ping: (id) => call('POST', `/webhooks/${id}/ping`),
  deliveries: (id, filter = {}) => call('GET', `/webhooks/${id}/deliveries`, { query: { ...filter } }),
  retry: async (id) => (await call<{ due: number }>('POST', `/webhooks/${id}/retry`)).due,
});
