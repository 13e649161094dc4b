import type { Delivery, Store, Webhook } from '../../store/index.js';
import type { DeliveryFailure, Route } from '../delivery/index.js';
import { connectWebhook, isAccepted } from './client.js';

/** The HTTP status with which a receiver says that it wants no more messages. */
const gone = 410;

/** The queue of one webhook. Messages about the same subject are sent one after another. */
export const webhookRoute = (webhook: Webhook, store: Store, timeout?: number): Route<Delivery> => ({
  name: String(webhook.id),
  endpoint: JSON.stringify([webhook.id, webhook.url]),
  remarks: {
    about: { webhook: String(webhook.id), url: withoutQuery(webhook.url) },
    failing: 'the webhook cannot be reached; the server keeps trying',
    again: 'the webhook can be reached again',
  },
  connect(width) {
    const client = connectWebhook(webhook, width, timeout);
    return {
      deliver: async ({ id, body }, signal) =>
        outcomeOf(await client.post({ id: messageId(id), body }, signal)),
      close: () => client.close(),
    };
  },
  lease: (...terms) => store.leaseDeliveries(webhook.id, ...terms),
  received: (delivery, now) => store.endDelivery(delivery, now),
  postpone: (delivery, next, { problem }) => store.postponeDelivery(delivery, next, problem),
  giveUp: (delivery, now, { problem }) => store.endDelivery(delivery, now, problem),
  giveBack: (delivery) => store.returnDelivery(delivery),
});

const messageId = (id: number): string => `msg_${id}`;

/** The URL without its query, which may hold a token that must not be logged. */
const withoutQuery = (url: string): string => url.replace(/\?.*/, '');

/**
 * A status from 400 to 499 counts as a refusal by the receiver itself. Any other status, except success, may come from a
 * proxy in front of the receiver.
 */
const outcomeOf = (status: number): 'received' | DeliveryFailure =>
  isAccepted(status)
    ? 'received'
    : {
        problem: `HTTP status ${status}`,
        isRefusal: status >= 400 && status < 500,
        isFinal: status === gone,
      };
