import type { Delivery, DeliveryCounts, NewDelivery, Webhooks } from '../webhooks.js';
import { deliveryColumns, newDeliveryColumns, selection } from '../columns.js';
import { atOnce, deliveriesKept, deliveriesKeptFor } from '../limits.js';
import { checkedLimit } from '../page.js';
import { settingsOf, toWebhook, type WebhookRow } from '../webhook-row.js';
import type { Connection } from './connection.js';
import { dueAt, isDue } from './due.js';
import { surplusOf, type Span } from './span.js';
import { values } from './table.js';

const list = 'SELECT id, settings, created_at AS "createdAt" FROM webhooks ORDER BY id';
const add = 'INSERT INTO webhooks (settings, created_at) VALUES (?, ?)';
const removeDeliveries = 'DELETE FROM deliveries WHERE webhook_id = ?';
const removeWebhook = 'DELETE FROM webhooks WHERE id = ?';

const insert = `
  INSERT INTO deliveries (${Object.values(newDeliveryColumns).join(', ')})
  SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM webhooks WHERE id = ?)`;
const due = `
  SELECT ${selection(deliveryColumns)} FROM deliveries INDEXED BY deliveries_due
  WHERE webhook_id = ? AND ${isDue('next_attempt_at')} AND (leased_until IS NULL OR ${isDue('leased_until')})
  ORDER BY next_attempt_at, id LIMIT ?`;
const lease = `
  UPDATE deliveries SET leased_until = ? WHERE id = ? AND next_attempt_at = ? AND leased_until IS ?`;
const end = `
  UPDATE deliveries
  SET ended_at = ?, next_attempt_at = NULL, leased_until = NULL, attempts = attempts + 1, last_error = ?
  WHERE id = ? AND ended_at IS NULL`;
const activateOldest = `
  UPDATE deliveries SET next_attempt_at = ${atOnce}
  WHERE next_attempt_at IS NULL AND id = (
    SELECT min(id) FROM deliveries INDEXED BY deliveries_waiting
    WHERE webhook_id = ? AND subject = ? AND ended_at IS NULL)`;
const postpone = `
  UPDATE deliveries SET next_attempt_at = ?, leased_until = NULL, attempts = attempts + 1, last_error = ?
  WHERE id = ? AND leased_until = ?`;
const giveBack = 'UPDATE deliveries SET leased_until = NULL WHERE id = ? AND leased_until = ?';
const retry = `
  UPDATE deliveries SET next_attempt_at = ${atOnce} WHERE webhook_id = ? AND next_attempt_at > ${atOnce}`;
const count = `
  SELECT count(*) FILTER (WHERE ended_at IS NULL) AS "waiting", count(ended_at) AS "ended"
  FROM deliveries WHERE webhook_id = ?`;
const countWaiting = 'SELECT count(*) AS "count" FROM deliveries WHERE ended_at IS NULL';
const oldestWaiting = `
  SELECT id, webhook_id AS "webhookId", subject FROM deliveries WHERE ended_at IS NULL ORDER BY id LIMIT ?`;
const remove = 'DELETE FROM deliveries WHERE id = ?';
const endAllLeases = `
  UPDATE deliveries SET leased_until = NULL WHERE next_attempt_at IS NOT NULL AND leased_until IS NOT NULL`;

/** Ends all leases, because the processes that held them may be gone. */
export function endDeliveryLeases(connection: Connection): void {
  connection.prepare(endAllLeases).run();
}

/** Queues the message after the other waiting messages about the same subject. */
export function queueDelivery(connection: Connection, delivery: NewDelivery): void {
  const { webhookId, subject } = delivery;
  connection.prepare(insert).run(...values(newDeliveryColumns, delivery), webhookId);
  connection.prepare(activateOldest).run(webhookId, subject);
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
    connection.attempt(() => {
      // Usually nothing is due, and this check takes no lock.
      const candidates = connection
        .prepare<Delivery>(due)
        .all(webhookId, ...dueAt(now), ...dueAt(now), limit);
      if (candidates.length === 0) return [];
      const taken = connection.transaction(() =>
        candidates.filter(
          ({ id, nextAttemptAt, leasedUntil }) =>
            connection.prepare(lease).run(until, id, nextAttemptAt, leasedUntil).changes === 1,
        ),
      );
      return taken.map((delivery) => ({ ...delivery, leasedUntil: until }));
    }),
  endDelivery: ({ id, webhookId, subject }, at, remark) =>
    connection.attempt(() =>
      connection.transaction(() => {
        connection.prepare(end).run(at, remark ?? null, id);
        connection.prepare(activateOldest).run(webhookId, subject);
      }),
    ),
  postponeDelivery: ({ id, leasedUntil }, nextAttemptAt, error) =>
    connection.attempt(() => {
      connection.prepare(postpone).run(nextAttemptAt, error, id, leasedUntil);
    }),
  returnDelivery: ({ id, leasedUntil }) =>
    connection.attempt(() => {
      connection.prepare(giveBack).run(id, leasedUntil);
    }),
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

const endedUntil = (upTo: number): Span => ({
  ...{ table: 'deliveries', column: 'ended_at' },
  ...{ above: Number.MIN_SAFE_INTEGER, upTo },
});

export const oldDeliveries = (now: number): Span => endedUntil(now - deliveriesKeptFor - 1);

/** The oldest delivered or abandoned messages beyond the limit. */
export const surplusDeliveries = (connection: Connection, kept = deliveriesKept): readonly Span[] =>
  surplusOf(connection, endedUntil(Number.MAX_SAFE_INTEGER), kept);

/**
 * Drops the oldest waiting messages beyond the limit, at most `limit` at a time.
 * @returns whether further messages may be beyond the limit
 */
export function giveUpOldestDeliveries(
  connection: Connection,
  limit: number,
  kept = deliveriesKept,
): boolean {
  const surplus = connection.prepare<{ count: number }>(countWaiting).get()!.count - kept;
  if (surplus <= 0) return false;
  connection.transaction(() => {
    for (const { id, webhookId, subject } of connection
      .prepare<Pick<Delivery, 'id' | 'webhookId' | 'subject'>>(oldestWaiting)
      .all(Math.min(surplus, limit))) {
      connection.prepare(remove).run(id);
      connection.prepare(activateOldest).run(webhookId, subject);
    }
  });
  return surplus > limit;
}
