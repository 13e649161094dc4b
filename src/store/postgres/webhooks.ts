import type { Delivery, DeliveryCounts, NewDelivery, Webhooks } from '../webhooks.js';
import { deliveryColumns, newDeliveryColumns, selection } from '../columns.js';
import { atOnce } from '../limits.js';
import { deliveryTable } from '../message-table.js';
import { checkedLimit } from '../page.js';
import { settingsOf, toWebhook, type WebhookRow } from '../webhook-row.js';
import type { Connection } from './connection.js';
import { MessageQueue } from './message-queue.js';
import type { Queries } from './queries.js';
import { values } from './table.js';

const list = 'SELECT id, settings, created_at AS "createdAt" FROM webhooks ORDER BY id';
const add = 'INSERT INTO webhooks (settings, created_at) VALUES ($1, $2) RETURNING id';
const removeWebhook = 'DELETE FROM webhooks WHERE id = $1';

/** Locks the webhook, so that it cannot be deleted meanwhile. */
const insert = `
  INSERT INTO deliveries (${Object.values(newDeliveryColumns).join(', ')})
  SELECT id, $2, $3, $4, $5 FROM webhooks WHERE id = $1 FOR KEY SHARE`;
const retry = `
  UPDATE deliveries SET next_attempt_at = ${atOnce} WHERE webhook_id = $1 AND next_attempt_at > ${atOnce}`;
const count = `
  SELECT count(*) FILTER (WHERE ended_at IS NULL) AS "waiting", count(ended_at) AS "ended"
  FROM deliveries WHERE webhook_id = $1`;

export const deliveryQueue = new MessageQueue(deliveryTable, ({ subject, webhookId }) => [
  subject,
  webhookId,
]);

/** Queues the message after the other waiting messages about the same subject. */
export const queueDelivery = (queries: Queries, delivery: NewDelivery): Promise<void> =>
  deliveryQueue.change(queries, delivery, () => queries.run(insert, values(newDeliveryColumns, delivery)));

export const webhooks = (connection: Connection): Webhooks => ({
  webhooks: async () => (await connection.all<WebhookRow>(list)).map(toWebhook),
  addWebhook: async (webhook) => {
    const row = await connection.transaction((queries) =>
      queries.first<{ id: number }>(add, [settingsOf(webhook), webhook.createdAt]),
    );
    return { ...webhook, id: row!.id };
  },
  deleteWebhook: async (id) => (await connection.change(removeWebhook, [id])) === 1,

  leaseDeliveries: (webhookId, now, until, limit) =>
    deliveryQueue.lease(connection, webhookId, now, until, limit),
  endDelivery: (delivery, at, remark) => deliveryQueue.end(connection, delivery, at, remark),
  postponeDelivery: (delivery, nextAttemptAt, error) =>
    deliveryQueue.postpone(connection, delivery, nextAttemptAt, error),
  returnDelivery: (delivery) => deliveryQueue.giveBack(connection, delivery),
  retryDeliveries: (webhookId) => connection.change(retry, [webhookId]),

  listDeliveries: async (webhookId, limit, ended) => {
    const state = ended === undefined ? '' : `AND ended_at IS ${ended ? 'NOT ' : ''}NULL`;
    const select = `
      SELECT ${selection(deliveryColumns)} FROM deliveries WHERE webhook_id = $1 ${state} ORDER BY id DESC LIMIT $2`;
    return connection.all<Delivery>(select, [webhookId, checkedLimit(limit)]);
  },
  countDeliveries: async (webhookId) => (await connection.first<DeliveryCounts>(count, [webhookId]))!,
});
