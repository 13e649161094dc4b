import Type, { type Static } from 'typebox';
import type { Delivery, Webhook } from '../../store/index.js';
import { orNull, textOrNull } from '../http/or-null.js';
import { joined, viewFrom } from '../http/view.js';
import { isoTime, timeOrNull } from '../iso-time.js';
import { nextAttempt } from '../next-attempt.js';

/** A webhook as JSON, without its secret. */
export const webhookView = viewFrom<Webhook>()(
  (member) => ({
    id: member(Type.Integer(), ({ id }) => id),
    url: member(Type.String(), ({ url }) => url),
    events: member(Type.Array(Type.String(), { description: 'empty: all' }), ({ events }) => [...events]),
    eid: member(textOrNull('null: any'), ({ eid }) => eid),
    iccid: member(textOrNull('null: any'), ({ iccid }) => iccid),
    matchingId: member(textOrNull('null: any'), ({ matchingId }) => matchingId),
    operator: member(textOrNull('null: any'), ({ operator }) => operator),
    namespace: member(
      textOrNull('null: events of every namespace, and events in no namespace'),
      ({ namespace }) => namespace,
    ),
    createdAt: member(Type.String(), ({ createdAt }) => isoTime(createdAt)),
  }),
  { description: 'A webhook' },
);
export const WebhookView = webhookView.schema;
export type WebhookView = Static<typeof WebhookView>;

/** The answer to the call that adds a webhook. */
export const createdView = joined(
  webhookView,
  viewFrom<Webhook>()((member) => ({
    secret: member(
      Type.String({ description: 'the secret that signs the messages; no other answer shows it' }),
      ({ secret }) => secret,
    ),
  })),
);
export const CreatedWebhook = createdView.schema;
export type CreatedWebhook = Static<typeof CreatedWebhook>;

/** A message to a webhook as JSON. */
export const deliveryView = viewFrom<Delivery>()(
  (member) => ({
    id: member(Type.Integer({ description: 'the header webhook-id is msg_<id>' }), ({ id }) => id),
    event: member(Type.String(), ({ event }) => event),
    state: member(Type.Enum(['waiting', 'delivered', 'givenUp']), ({ endedAt, lastError }) => {
      if (endedAt === null) return 'waiting';
      return lastError === null ? 'delivered' : 'givenUp';
    }),
    attempts: member(
      Type.Integer({ description: 'number of attempts to deliver the message' }),
      ({ attempts }) => attempts,
    ),
    queuedAt: member(Type.String(), ({ queuedAt }) => isoTime(queuedAt)),
    nextAttemptAt: member(
      orNull(
        Type.String({
          description:
            'null: the message is delivered or given up, or an earlier message about the profile comes first',
        }),
      ),
      nextAttempt,
    ),
    lastError: member(textOrNull('why the last attempt failed'), ({ lastError }) => lastError),
    endedAt: member(
      textOrNull('time at which the webhook accepted the message, or the server gave up on the message'),
      ({ endedAt }) => timeOrNull(endedAt),
    ),
    body: member(
      Type.Unknown({ description: 'what the webhook receives' }),
      ({ body }) => JSON.parse(body) as unknown,
    ),
  }),
  { description: 'A message to a webhook' },
);
