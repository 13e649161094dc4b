import type { Delivery, DeliveryCounts, NewDelivery, Webhooks } from '../webhooks.js';
import { deliveryColumns, newDeliveryColumns, selection } from '../columns.js';
import { atOnce } from '../limits.js';
import { deliveryTable } from '../message-table.js';
import { checkedLimit } from '../page.js';
import { settingsOf, toWebhook, type WebhookRow } from '../webhook-row.js';
import type { Connection } from './connection.js';
import { MessageQueue } from './message-queue.js';
import { values } from './table.js';

const list = 'SELECT id, settings, created_at AS "createdAt" FROM webhooks ORDER BY id';
const add = 'INSERT INTO webhooks (settings, created_at) VALUES (?, ?)';
const removeDeliveries = 'DELETE FROM deliveries WHERE webhook_id = ?';
const removeWebhook = 'DELETE FROM webhooks WHERE id = ?';

const insert = `
  INSERT INTO deliveries (${Object.values(newDeliveryColumns).join(', ')})
  SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM webhooks WHERE id = ?)`;
const retry = `
  UPDATE deliveries SET next_attempt_at = ${atOnce} WHERE webhook_id = ? AND next_attempt_at > ${atOnce}`;
const count = `
  SELECT count(*) FILTER (WHERE ended_at IS NULL) AS "waiting", count(ended_at) AS "ended"
  FROM deliveries WHERE webhook_id = ?`;

export const deliveryQueue = new MessageQueue(deliveryTable);

/** Queues the message after the other waiting messages about the same subject. */
export function queueDelivery(connection: Connection, delivery: NewDelivery): void {
  connection.prepare(insert).run(...values(newDeliveryColumns, delivery), delivery.webhookId);
  deliveryQueue.activateOldest(connection, delivery);
}

export const webhooks = (connection: Connection): Webhooks => ({
  webhooks: () => connection.attempt(() => connection.prepare<WebhookRow>(list).all().map(toWebhook)),
  addWebhook: (webhook) =>
    connection.attempt(() => {
      const { lastInsertRowid } = connection.prepare(add).run(settingsOf(webhook), webhook.createdAt);
      return { ...webhook, id: Number(lastInsertRowid) };
    }),
  deleteWebhook: (id) =>
    connection.attempt(() =>
      connection.transaction(() => {
        connection.prepare(removeDeliveries).run(id);
        return connection.prepare(removeWebhook).run(id).changes === 1;
      }),
    ),

  leaseDeliveries: (webhookId, now, until, limit) =>
    deliveryQueue.lease(connection, webhookId, now, until, limit),
  endDelivery: (delivery, at, remark) => deliveryQueue.end(connection, delivery, at, remark),
  postponeDelivery: (delivery, nextAttemptAt, error) =>
    deliveryQueue.postpone(connection, delivery, nextAttemptAt, error),
  returnDelivery: (delivery) => deliveryQueue.giveBack(connection, delivery),
  retryDeliveries: (webhookId) => connection.attempt(() => connection.prepare(retry).run(webhookId).changes),

  listDeliveries: (webhookId, limit, ended) =>
    connection.attempt(() => {
      const state = ended === undefined ? '' : `AND ended_at IS ${ended ? 'NOT ' : ''}NULL`;
      const select = `
        SELECT ${selection(deliveryColumns)} FROM deliveries WHERE webhook_id = ? ${state} ORDER BY id DESC LIMIT ?`;
      return connection.prepare<Delivery>(select).all(webhookId, checkedLimit(limit));
    }),
  countDeliveries: (webhookId) =>
    connection.attempt(() => connection.prepare<DeliveryCounts>(count).get(webhookId)!),
});
