import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Delivery, DeliveryCounts, Webhook } from '../../store/index.js';
import type { ControlContext } from '../context.js';
import { defaultLimit, limitMember, listView } from '../http/lists.js';
import { noContent, Problem, problemResponses } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import { requestedNamespace } from '../scope.js';
import { WebhookRequest, webhookFrom } from './request.js';
import type { WebhookSender } from './sender.js';
import { createdView, CreatedWebhook, deliveryView, webhookView, WebhookView } from './view.js';

/** Maximum number of webhooks. More webhooks would make each change of a profile slow. */
export const mostWebhooks = 100;

const WebhookPath = Type.Object({ id: Type.Integer({ description: 'the id of a webhook' }) });
type WebhookPath = Static<typeof WebhookPath>;

/** Query of `GET /webhooks/{id}/deliveries`. */
export const DeliveryQuery = Type.Object(
  {
    state: Type.Optional(
      Type.Enum(['waiting', 'ended'], {
        description: 'waiting, or ended (delivered or given up); default: both',
      }),
    ),
    limit: limitMember(),
  },
  { additionalProperties: false },
);
export type DeliveryQuery = Static<typeof DeliveryQuery>;

interface Listed {
  readonly counts: DeliveryCounts;
  readonly deliveries: readonly Delivery[];
}

const deliveries = viewFrom<Listed>()((member) => ({
  waiting: member(
    Type.Integer({ description: 'number of messages that wait for delivery' }),
    ({ counts }) => counts.waiting,
  ),
  ended: member(
    Type.Integer({ description: 'number of messages that were delivered or given up in the last day' }),
    ({ counts }) => counts.ended,
  ),
  items: member(Type.Array(deliveryView.schema), ({ deliveries: some }) => some.map(deliveryView.of)),
}));

/** Messages to a webhook. */
export const DeliveryList = deliveries.schema;
export type DeliveryList = Static<typeof DeliveryList>;

const ping = viewFrom<Awaited<ReturnType<WebhookSender['ping']>>>()((member) => ({
  accepted: member(
    Type.Boolean({ description: 'whether the webhook answered with a status from 200 to 299' }),
    ({ isAccepted }) => isAccepted,
  ),
  status: member(Type.Optional(Type.Integer({ description: 'HTTP status' })), ({ status }) => status),
  problem: member(Type.Optional(Type.String({ description: 'what went wrong' })), ({ problem }) => problem),
}));

/** The result of a test message. */
export const WebhookPing = ping.schema;
export type WebhookPing = Static<typeof WebhookPing>;

const list = listView(webhookView);
const retried = viewFrom<number>()((member) => ({
  due: member(
    Type.Integer({ description: 'number of waiting messages that the server sends now' }),
    (due) => due,
  ),
}));

const tags = ['webhooks'];
const params = WebhookPath;
const schemas = {
  add: {
    tags,
    summary: 'Add a webhook: a URL to which the server posts events',
    body: WebhookRequest,
    response: { 201: CreatedWebhook, ...problemResponses },
  },
  list: { tags, summary: 'List webhooks', response: { 200: list.schema } },
  show: { tags, summary: 'Show a webhook', params, response: { 200: WebhookView, ...problemResponses } },
  remove: {
    tags,
    summary: 'Remove a webhook with its messages',
    params,
    response: { ...noContent, ...problemResponses },
  },
  ping: {
    tags,
    summary: 'Send a test message to a webhook now, and show its answer',
    params,
    response: { 200: WebhookPing, ...problemResponses },
  },
  deliveries: {
    tags,
    summary: 'List messages to a webhook, newest first',
    params,
    querystring: DeliveryQuery,
    response: { 200: DeliveryList, ...problemResponses },
  },
  retry: {
    tags,
    summary: 'Retry waiting messages to a webhook now',
    params,
    response: { 200: retried.schema, ...problemResponses },
  },
};

/** `/webhooks`: URLs to which the server posts events, and the messages to them. */
export function webhooks(
  app: FastifyInstance,
  { context: { store, clock, everywhere }, sender }: { context: ControlContext; sender: WebhookSender },
  done: () => void,
): void {
  /** A call in a namespace sees only the webhooks of that namespace. */
  const seen = async (request: FastifyRequest): Promise<readonly Webhook[]> => {
    const scope = requestedNamespace(request);
    return (await store.webhooks()).filter(({ namespace }) => scope === undefined || namespace === scope);
  };
  const found = async (request: FastifyRequest<{ Params: WebhookPath }>): Promise<Webhook> => {
    const { id } = request.params;
    const webhook = (await seen(request)).find((one) => one.id === id);
    if (webhook) return webhook;
    throw new Problem(404, `there is no webhook ${id}`);
  };

  app.post<{ Body: WebhookRequest }>('/webhooks', { schema: schemas.add }, async (request, reply) => {
    const webhook = webhookFrom(request.body, requestedNamespace(request), clock.now().getTime());
    if ((await store.webhooks()).length >= mostWebhooks)
      throw new Problem(409, `there are already ${mostWebhooks} webhooks; remove one first`);
    const added = await store.addWebhook(webhook);
    await everywhere?.('settings');
    return reply.code(201).header('Location', `/api/v1/webhooks/${added.id}`).send(createdView.of(added));
  });

  app.get('/webhooks', { schema: schemas.list }, async (request) => list.of(await seen(request)));

  app.get<{ Params: WebhookPath }>('/webhooks/:id', { schema: schemas.show }, async (request) =>
    webhookView.of(await found(request)),
  );

  app.delete<{ Params: WebhookPath }>('/webhooks/:id', { schema: schemas.remove }, async (request, reply) => {
    await store.deleteWebhook((await found(request)).id);
    await everywhere?.('settings');
    return reply.code(204).send();
  });

  app.post<{ Params: WebhookPath }>('/webhooks/:id/ping', { schema: schemas.ping }, async (request) =>
    ping.of(await sender.ping(await found(request))),
  );

  app.get<{ Params: WebhookPath; Querystring: DeliveryQuery }>(
    '/webhooks/:id/deliveries',
    { schema: schemas.deliveries },
    async (request) => {
      const { id } = await found(request);
      const { state, limit = defaultLimit } = request.query;
      const ended = state === undefined ? undefined : state === 'ended';
      return deliveries.of({
        counts: await store.countDeliveries(id),
        deliveries: await store.listDeliveries(id, limit, ended),
      });
    },
  );

  app.post<{ Params: WebhookPath }>('/webhooks/:id/retry', { schema: schemas.retry }, async (request) => {
    const due = await store.retryDeliveries((await found(request)).id);
    sender.wake();
    return retried.of(due);
  });
  done();
}
