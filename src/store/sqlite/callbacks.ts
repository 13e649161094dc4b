import type { Callback, CallbackCounts, CallbackFilter, Callbacks, NewCallback } from '../callbacks.js';
import { checkedLimit } from '../page.js';
import { callbackColumns, columnOf, newCallbackColumns, selection } from '../columns.js';
import { atOnce, callbacksKept, callbacksKeptFor } from '../limits.js';
import type { Connection } from './connection.js';
import { dueAt, isDue } from './due.js';
import { notInOpenBatch } from './profile-columns.js';
import { surplusOf, type Span } from './span.js';
import { insertion, values } from './table.js';

const insert = insertion('callbacks', newCallbackColumns);
const due = `
  SELECT ${selection(callbackColumns)} FROM callbacks INDEXED BY callbacks_due
  WHERE operator = ? AND ${isDue('next_attempt_at')} AND (leased_until IS NULL OR ${isDue('leased_until')})
  ORDER BY next_attempt_at, id LIMIT ?`;
const lease = `
  UPDATE callbacks SET leased_until = ? WHERE id = ? AND next_attempt_at = ? AND leased_until IS ?`;
const deliver = `
  UPDATE callbacks
  SET delivered_at = ?, next_attempt_at = NULL, leased_until = NULL, attempts = attempts + 1, last_error = ?
  WHERE id = ? AND delivered_at IS NULL`;
const activateOldest = `
  UPDATE callbacks SET next_attempt_at = ${atOnce}
  WHERE next_attempt_at IS NULL AND id = (
    SELECT min(id) FROM callbacks INDEXED BY callbacks_waiting
    WHERE profile_id = ? AND operator = ? AND delivered_at IS NULL)`;
const fail = `
  UPDATE callbacks SET next_attempt_at = ?, leased_until = NULL, attempts = attempts + 1, last_error = ?
  WHERE id = ? AND leased_until = ?`;
const giveBack = 'UPDATE callbacks SET leased_until = NULL WHERE id = ? AND leased_until = ?';
const retry = `UPDATE callbacks SET next_attempt_at = ${atOnce} WHERE next_attempt_at > ${atOnce}`;
const count = `
  SELECT count(*) FILTER (WHERE delivered_at IS NULL) AS "waiting", count(delivered_at) AS "delivered" FROM callbacks`;
const ofNamespace = `
  EXISTS (SELECT 1 FROM profiles WHERE id = callbacks.profile_id AND namespace = ? AND ${notInOpenBatch})`;
const countWaiting = 'SELECT count(*) AS "count" FROM callbacks WHERE delivered_at IS NULL';
const oldestWaiting = `
  SELECT id, profile_id AS "profileId", operator FROM callbacks WHERE delivered_at IS NULL ORDER BY id LIMIT ?`;
const remove = 'DELETE FROM callbacks WHERE id = ?';

const endAllLeases = `
  UPDATE callbacks SET leased_until = NULL WHERE next_attempt_at IS NOT NULL AND leased_until IS NOT NULL`;

/** Ends all leases, because the processes that held them may have ended. */
export function endCallbackLeases(connection: Connection): void {
  connection.prepare(endAllLeases).run();
}

/** Queues the call after the operator's other undelivered calls about the same profile. */
export function queueCallback(connection: Connection, call: NewCallback): void {
  connection.prepare(insert).run(...values(newCallbackColumns, call));
  connection.prepare(activateOldest).run(call.profileId, call.operator);
}

export const callbacks = (connection: Connection): Callbacks => ({
  leaseCallbacks: (operator, now, until, limit) =>
    connection.attempt(() => {
      // This check takes no lock. Usually it finds nothing due.
      const candidates = connection.prepare<Callback>(due).all(operator, ...dueAt(now), ...dueAt(now), limit);
      if (candidates.length === 0) return [];
      const taken = connection.transaction(() =>
        candidates.filter(
          ({ id, nextAttemptAt, leasedUntil }) =>
            connection.prepare(lease).run(until, id, nextAttemptAt, leasedUntil).changes === 1,
        ),
      );
      return taken.map((call) => ({ ...call, leasedUntil: until }));
    }),
  callbackDelivered: (call, at, remark) =>
    connection.attempt(() =>
      connection.transaction(() => {
        connection.prepare(deliver).run(at, remark ?? null, call.id);
        connection.prepare(activateOldest).run(call.profileId, call.operator);
      }),
    ),
  callbackFailed: (call, nextAttemptAt, error) =>
    connection.attempt(() => {
      connection.prepare(fail).run(nextAttemptAt, error, call.id, call.leasedUntil);
    }),
  returnCallback: (call) =>
    connection.attempt(() => {
      connection.prepare(giveBack).run(call.id, call.leasedUntil);
    }),
  retryCallbacks: (scope = {}) =>
    connection.attempt(() => {
      const { conditions, parameters } = conditionsOf(scope);
      return connection.prepare([retry, ...conditions].join(' AND ')).run(...parameters).changes;
    }),
  listCallbacks: (filter, limit) =>
    connection.attempt(() => {
      const { conditions, parameters } = conditionsOf(filter);
      const list = `SELECT ${selection(callbackColumns)} FROM callbacks ${where(conditions)} ORDER BY id DESC LIMIT ?`;
      return connection.prepare<Callback>(list).all(...parameters, checkedLimit(limit));
    }),
  countCallbacks: (scope = {}) =>
    connection.attempt(() => {
      const { conditions, parameters } = conditionsOf(scope);
      return connection.prepare<CallbackCounts>(`${count} ${where(conditions)}`).get(...parameters)!;
    }),
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
      ...asked.map(([member]) => `${columnOf(callbackColumns, member)} = ?`),
      ...(namespace === undefined ? [] : [ofNamespace]),
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
export const surplusCallbacks = (connection: Connection, kept = callbacksKept): readonly Span[] =>
  surplusOf(connection, deliveredUntil(Number.MAX_SAFE_INTEGER), kept);

/**
 * Drops the oldest waiting calls beyond the limit, at most `limit` at a time. So many calls wait only if their
 * operators have not answered for a long time.
 * @returns whether there may be more calls to drop
 */
export function giveUpOldestCallbacks(connection: Connection, limit: number, kept = callbacksKept): boolean {
  const surplus = connection.prepare<{ count: number }>(countWaiting).get()!.count - kept;
  if (surplus <= 0) return false;
  connection.transaction(() => {
    for (const { id, profileId, operator } of connection
      .prepare<Pick<Callback, 'id' | 'profileId' | 'operator'>>(oldestWaiting)
      .all(Math.min(surplus, limit))) {
      connection.prepare(remove).run(id);
      connection.prepare(activateOldest).run(profileId, operator);
    }
  });
  return surplus > limit;
}
