import type { Callback, CallbackCounts, CallbackFilter, Callbacks, NewCallback } from '../callbacks.js';
import { checkedLimit } from '../page.js';
import { callbackColumns, columnOf, newCallbackColumns, selection } from '../columns.js';
import { atOnce } from '../limits.js';
import { callbackTable } from '../message-table.js';
import type { Connection } from './connection.js';
import { MessageQueue } from './message-queue.js';
import { notInOpenBatch } from './profile-columns.js';
import { insertion, values } from './table.js';

const insert = insertion('callbacks', newCallbackColumns);
const retry = `UPDATE callbacks SET next_attempt_at = ${atOnce} WHERE next_attempt_at > ${atOnce}`;
const count = `
  SELECT count(*) FILTER (WHERE delivered_at IS NULL) AS "waiting", count(delivered_at) AS "delivered" FROM callbacks`;
const ofNamespace = `
  EXISTS (SELECT 1 FROM profiles WHERE id = callbacks.profile_id AND namespace = ? AND ${notInOpenBatch})`;

export const callbackQueue = new MessageQueue(callbackTable);

/** Queues the call after the operator's other undelivered calls about the same profile. */
export function queueCallback(connection: Connection, call: NewCallback): void {
  connection.prepare(insert).run(...values(newCallbackColumns, call));
  callbackQueue.activateOldest(connection, call);
}

export const callbacks = (connection: Connection): Callbacks => ({
  leaseCallbacks: (operator, now, until, limit) =>
    callbackQueue.lease(connection, operator, now, until, limit),
  callbackDelivered: (call, at, remark) => callbackQueue.end(connection, call, at, remark),
  callbackFailed: (call, nextAttemptAt, error) =>
    callbackQueue.postpone(connection, call, nextAttemptAt, error),
  returnCallback: (call) => callbackQueue.giveBack(connection, call),
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
