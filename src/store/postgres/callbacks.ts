import type { Callback, CallbackCounts, CallbackFilter, Callbacks, NewCallback } from '../callbacks.js';
import { checkedLimit } from '../page.js';
import { callbackColumns, columnOf, newCallbackColumns, selection } from '../columns.js';
import { atOnce, callbacksKept, callbacksKeptFor } from '../limits.js';
import type { Connection } from './connection.js';
import { dueAt, isDue } from './due.js';
import { notInOpenBatch } from './profile-columns.js';
import { allOf, type Queries } from './queries.js';
import { surplusOf, type Span } from './span.js';
import { insertion, values } from './table.js';

/**
 * One transaction at a time may queue or end calls about a profile. Otherwise one transaction could queue a call while
 * another ends the preceding call. Neither would see the other's row, and the new call would never become due.
 */
const alone = `SELECT pg_advisory_xact_lock(hashtextextended('callbacks', $1))`;
const insert = insertion('callbacks', newCallbackColumns);
/** Skips locked rows, because another instance is leasing them. */
const lease = `
  WITH due AS (
    SELECT * FROM callbacks
    WHERE operator = $1 AND ${isDue('next_attempt_at', 2)} AND (leased_until IS NULL OR ${isDue('leased_until', 2)})
    ORDER BY next_attempt_at, id LIMIT $5 FOR UPDATE SKIP LOCKED
  ), leased AS (UPDATE callbacks SET leased_until = $4 FROM due WHERE callbacks.id = due.id)
  SELECT ${selection(callbackColumns)} FROM due ORDER BY next_attempt_at, id`;
const deliver = `
  UPDATE callbacks
  SET delivered_at = $1, next_attempt_at = NULL, leased_until = NULL, attempts = attempts + 1, last_error = $2
  WHERE id = $3 AND delivered_at IS NULL`;
const activateOldest = `
  UPDATE callbacks SET next_attempt_at = ${atOnce}
  WHERE next_attempt_at IS NULL AND id = (
    SELECT id FROM callbacks WHERE profile_id = $1 AND operator = $2 AND delivered_at IS NULL ORDER BY id LIMIT 1)`;
const fail = `
  UPDATE callbacks SET next_attempt_at = $1, leased_until = NULL, attempts = attempts + 1, last_error = $2
  WHERE id = $3 AND leased_until = $4`;
const giveBack = 'UPDATE callbacks SET leased_until = NULL WHERE id = $1 AND leased_until = $2';
const retry = `UPDATE callbacks SET next_attempt_at = ${atOnce} WHERE next_attempt_at > ${atOnce}`;
const count = `
  SELECT count(*) FILTER (WHERE delivered_at IS NULL) AS "waiting", count(delivered_at) AS "delivered" FROM callbacks`;
const ofNamespace = (place: number): string => `
  EXISTS (SELECT 1 FROM profiles WHERE id = callbacks.profile_id AND namespace = $${place} AND ${notInOpenBatch})`;
const countWaiting = 'SELECT count(*) AS "count" FROM callbacks WHERE delivered_at IS NULL';
const oldestWaiting = `
  SELECT id, profile_id AS "profileId", operator FROM callbacks WHERE delivered_at IS NULL ORDER BY id LIMIT $1`;
const remove = 'DELETE FROM callbacks WHERE id = $1';

/** Queues the call after the operator's other undelivered calls about the same profile. */
export async function queueCallback(queries: Queries, call: NewCallback): Promise<void> {
  await allOf([
    queries.first(alone, [call.profileId]),
    queries.run(insert, values(newCallbackColumns, call)),
    queries.run(activateOldest, [call.profileId, call.operator]),
  ]);
}

export const callbacks = (connection: Connection): Callbacks => ({
  leaseCallbacks: async (operator, now, until, limit) => {
    const due = await connection.all<Callback>(lease, [operator, ...dueAt(now), until, limit]);
    return due.map((call) => ({ ...call, leasedUntil: until }));
  },
  callbackDelivered: (call, at, remark) =>
    connection.transaction(async (queries) => {
      await allOf([
        queries.first(alone, [call.profileId]),
        queries.run(deliver, [at, remark ?? null, call.id]),
        queries.run(activateOldest, [call.profileId, call.operator]),
      ]);
    }),
  callbackFailed: async (call, nextAttemptAt, error) => {
    await connection.run(fail, [nextAttemptAt, error, call.id, call.leasedUntil]);
  },
  returnCallback: async (call) => {
    await connection.run(giveBack, [call.id, call.leasedUntil]);
  },
  retryCallbacks: async (scope = {}) => {
    const { conditions, parameters } = conditionsOf(scope);
    return connection.change([retry, ...conditions].join(' AND '), parameters);
  },
  listCallbacks: async (filter, limit) => {
    const { conditions, parameters } = conditionsOf(filter);
    const list = `
      SELECT ${selection(callbackColumns)} FROM callbacks ${where(conditions)} ORDER BY id DESC LIMIT $${parameters.length + 1}`;
    return connection.all<Callback>(list, [...parameters, checkedLimit(limit)]);
  },
  countCallbacks: async (scope = {}) => {
    const { conditions, parameters } = conditionsOf(scope);
    return (await connection.first<CallbackCounts>(`${count} ${where(conditions)}`, parameters))!;
  },
});

const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';

function conditionsOf({ delivered, namespace, ...equal }: CallbackFilter): {
  conditions: string[];
  parameters: unknown[];
} {
  const asked = Object.entries(equal).filter(([, value]) => value !== undefined);
  return {
    conditions: [
      ...asked.map(([member], index) => `${columnOf(callbackColumns, member)} = $${index + 1}`),
      ...(namespace === undefined ? [] : [ofNamespace(asked.length + 1)]),
      ...(delivered === undefined ? [] : [`delivered_at IS ${delivered ? 'NOT ' : ''}NULL`]),
    ],
    parameters: [...asked.map(([, value]) => value), ...(namespace === undefined ? [] : [namespace])],
  };
}

const deliveredUntil = (upTo: number): Span => ({
  ...{ table: 'callbacks', column: 'delivered_at' },
  ...{ above: Number.MIN_SAFE_INTEGER, upTo },
});

export const oldCallbacks = (now: number): Span => deliveredUntil(now - callbacksKeptFor - 1);

/** The oldest delivered calls beyond the limit. */
export const surplusCallbacks = (queries: Queries, kept = callbacksKept): Promise<readonly Span[]> =>
  surplusOf(queries, deliveredUntil(Number.MAX_SAFE_INTEGER), kept);

/**
 * Drops the oldest waiting calls beyond the limit, at most `limit` at a time. So many calls wait only if their
 * operators have not answered for a long time.
 * @returns whether there may be more calls to drop
 */
export async function giveUpOldestCallbacks(
  queries: Queries,
  limit: number,
  kept = callbacksKept,
): Promise<boolean> {
  const surplus = (await queries.first<{ count: number }>(countWaiting))!.count - kept;
  if (surplus <= 0) return false;
  const oldest = await queries.all<Pick<Callback, 'id' | 'profileId' | 'operator'>>(oldestWaiting, [
    Math.min(surplus, limit),
  ]);
  for (const { id, profileId, operator } of oldest)
    await allOf([
      queries.first(alone, [profileId]),
      queries.run(remove, [id]),
      queries.run(activateOldest, [profileId, operator]),
    ]);
  return surplus > limit;
}
