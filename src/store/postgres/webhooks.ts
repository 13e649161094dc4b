import type { Delivery, DeliveryCounts, NewDelivery, Webhooks } from '../webhooks.js';
import { deliveryColumns, newDeliveryColumns, selection } from '../columns.js';
import { atOnce, deliveriesKept, deliveriesKeptFor } from '../limits.js';
import { checkedLimit } from '../page.js';
import { settingsOf, toWebhook, type WebhookRow } from '../webhook-row.js';
import type { Connection } from './connection.js';
import { dueAt, isDue } from './due.js';
import { allOf, type Queries } from './queries.js';
import { surplusOf, type Span } from './span.js';
import { values } from './table.js';

/** Only one transaction at a time may queue or end messages about a subject: see `callbacks.ts`. */
const alone = `SELECT pg_advisory_xact_lock(hashtextextended($1, $2))`;

const list = 'SELECT id, settings, created_at AS "createdAt" FROM webhooks ORDER BY id';
const add = 'INSERT INTO webhooks (settings, created_at) VALUES ($1, $2) RETURNING id';
const removeWebhook = 'DELETE FROM webhooks WHERE id = $1';

/** Locks the webhook, so that it cannot be deleted meanwhile. */
const insert = `
  INSERT INTO deliveries (${Object.values(newDeliveryColumns).join(', ')})
  SELECT id, $2, $3, $4, $5 FROM webhooks WHERE id = $1 FOR KEY SHARE`;
/** Skips locked rows, because another instance is leasing them. */
const lease = `
  WITH due AS (
    SELECT * FROM deliveries
    WHERE webhook_id = $1 AND ${isDue('next_attempt_at', 2)} AND (leased_until IS NULL OR ${isDue('leased_until', 2)})
    ORDER BY next_attempt_at, id LIMIT $5 FOR UPDATE SKIP LOCKED
  ), leased AS (UPDATE deliveries SET leased_until = $4 FROM due WHERE deliveries.id = due.id)
  SELECT ${selection(deliveryColumns)} FROM due ORDER BY next_attempt_at, id`;
const end = `
  UPDATE deliveries
  SET ended_at = $1, next_attempt_at = NULL, leased_until = NULL, attempts = attempts + 1, last_error = $2
  WHERE id = $3 AND ended_at IS NULL`;
const activateOldest = `
  UPDATE deliveries SET next_attempt_at = ${atOnce}
  WHERE next_attempt_at IS NULL AND id = (
    SELECT id FROM deliveries WHERE webhook_id = $1 AND subject = $2 AND ended_at IS NULL ORDER BY id LIMIT 1)`;
const postpone = `
  UPDATE deliveries SET next_attempt_at = $1, leased_until = NULL, attempts = attempts + 1, last_error = $2
  WHERE id = $3 AND leased_until = $4`;
const giveBack = 'UPDATE deliveries SET leased_until = NULL WHERE id = $1 AND leased_until = $2';
const retry = `
  UPDATE deliveries SET next_attempt_at = ${atOnce} WHERE webhook_id = $1 AND next_attempt_at > ${atOnce}`;
const count = `
  SELECT count(*) FILTER (WHERE ended_at IS NULL) AS "waiting", count(ended_at) AS "ended"
  FROM deliveries WHERE webhook_id = $1`;
const countWaiting = 'SELECT count(*) AS "count" FROM deliveries WHERE ended_at IS NULL';
const oldestWaiting = `
  SELECT id, webhook_id AS "webhookId", subject FROM deliveries WHERE ended_at IS NULL ORDER BY id LIMIT $1`;
const remove = 'DELETE FROM deliveries WHERE id = $1';

/** Queues the message after the other waiting messages about the same subject. */
export async function queueDelivery(queries: Queries, delivery: NewDelivery): Promise<void> {
  const { webhookId, subject } = delivery;
  await allOf([
    queries.first(alone, [subject, webhookId]),
    queries.run(insert, values(newDeliveryColumns, delivery)),
    queries.run(activateOldest, [webhookId, subject]),
  ]);
}

export const webhooks = (connection: Connection): Webhooks => ({
  webhooks: async () => (await connection.all<WebhookRow>(list)).map(toWebhook),
  addWebhook: async (webhook) => {
    const row = await connection.transaction((queries) =>
      queries.first<{ id: number }>(add, [settingsOf(webhook), webhook.createdAt]),
    );
    return { ...webhook, id: row!.id };
  },
  deleteWebhook: async (id) => (await connection.change(removeWebhook, [id])) === 1,

  leaseDeliveries: async (webhookId, now, until, limit) => {
    const due = await connection.all<Delivery>(lease, [webhookId, ...dueAt(now), until, limit]);
    return due.map((delivery) => ({ ...delivery, leasedUntil: until }));
  },
  endDelivery: ({ id, webhookId, subject }, at, remark) =>
    connection.transaction(async (queries) => {
      await allOf([
        queries.first(alone, [subject, webhookId]),
        queries.run(end, [at, remark ?? null, id]),
        queries.run(activateOldest, [webhookId, subject]),
      ]);
    }),
  postponeDelivery: async ({ id, leasedUntil }, nextAttemptAt, error) => {
    await connection.run(postpone, [nextAttemptAt, error, id, leasedUntil]);
  },
  returnDelivery: async ({ id, leasedUntil }) => {
    await connection.run(giveBack, [id, leasedUntil]);
  },
  retryDeliveries: (webhookId) => connection.change(retry, [webhookId]),

  listDeliveries: async (webhookId, limit, ended) => {
    const state = ended === undefined ? '' : `AND ended_at IS ${ended ? 'NOT ' : ''}NULL`;
    const select = `
      SELECT ${selection(deliveryColumns)} FROM deliveries WHERE webhook_id = $1 ${state} ORDER BY id DESC LIMIT $2`;
    return connection.all<Delivery>(select, [webhookId, checkedLimit(limit)]);
  },
  countDeliveries: async (webhookId) => (await connection.first<DeliveryCounts>(count, [webhookId]))!,
});

const endedUntil = (upTo: number): Span => ({
  ...{ table: 'deliveries', column: 'ended_at' },
  ...{ above: Number.MIN_SAFE_INTEGER, upTo },
});

export const oldDeliveries = (now: number): Span => endedUntil(now - deliveriesKeptFor - 1);

/** The oldest delivered or abandoned messages beyond the limit. */
export const surplusDeliveries = (queries: Queries, kept = deliveriesKept): Promise<readonly Span[]> =>
  surplusOf(queries, endedUntil(Number.MAX_SAFE_INTEGER), kept);

/**
 * Drops the oldest waiting messages beyond the limit, at most `limit` at a time.
 * @returns whether further messages may be beyond the limit
 */
export async function giveUpOldestDeliveries(
  queries: Queries,
  limit: number,
  kept = deliveriesKept,
): Promise<boolean> {
  const surplus = (await queries.first<{ count: number }>(countWaiting))!.count - kept;
  if (surplus <= 0) return false;
  const oldest = await queries.all<Pick<Delivery, 'id' | 'webhookId' | 'subject'>>(oldestWaiting, [
    Math.min(surplus, limit),
  ]);
  for (const { id, webhookId, subject } of oldest)
    await allOf([
      queries.first(alone, [subject, webhookId]),
      queries.run(remove, [id]),
      queries.run(activateOldest, [webhookId, subject]),
    ]);
  return surplus > limit;
}
