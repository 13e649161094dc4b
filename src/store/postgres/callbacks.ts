import type { CallbackCounts, CallbackFilter, Callback, Callbacks, NewCallback } from '../callbacks.js';
import { checkedLimit } from '../page.js';
import { callbackColumns, columnOf, newCallbackColumns, selection } from '../columns.js';
import { atOnce } from '../limits.js';
import { callbackTable } from '../message-table.js';
import type { Connection } from './connection.js';
import { MessageQueue } from './message-queue.js';
import { notInOpenBatch } from './profile-columns.js';
import type { Queries } from './queries.js';
import { insertion, values } from './table.js';

const insert = insertion('callbacks', newCallbackColumns);
const retry = `UPDATE callbacks SET next_attempt_at = ${atOnce} WHERE next_attempt_at > ${atOnce}`;
const count = `
  SELECT count(*) FILTER (WHERE delivered_at IS NULL) AS "waiting", count(delivered_at) AS "delivered" FROM callbacks`;
const ofNamespace = (place: number): string => `
  EXISTS (SELECT 1 FROM profiles WHERE id = callbacks.profile_id AND namespace = $${place} AND ${notInOpenBatch})`;

export const callbackQueue = new MessageQueue(callbackTable, ({ profileId }) => ['callbacks', profileId]);

/** Queues the call after the operator's other undelivered calls about the same profile. */
export const queueCallback = (queries: Queries, call: NewCallback): Promise<void> =>
  callbackQueue.change(queries, call, () => queries.run(insert, values(newCallbackColumns, call)));

export const callbacks = (connection: Connection): Callbacks => ({
  leaseCallbacks: (operator, now, until, limit) =>
    callbackQueue.lease(connection, operator, now, until, limit),
  callbackDelivered: (call, at, remark) => callbackQueue.end(connection, call, at, remark),
  callbackFailed: (call, nextAttemptAt, error) =>
    callbackQueue.postpone(connection, call, nextAttemptAt, error),
  returnCallback: (call) => callbackQueue.giveBack(connection, call),
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
