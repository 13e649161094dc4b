import { setImmediate } from 'node:timers/promises';
import { surplusCalls, oldCalls } from './calls.js';
import { callbackQueue } from './callbacks.js';
import type { Connection } from './connection.js';
import { deliveryQueue } from './webhooks.js';
import { expiredSessions, surplusSessions } from './sessions.js';
import { removeSome, type Span } from './span.js';

/** Number of rows to remove per transaction. The server handles requests in between. */
const slice = 500;
const messageQueues = [callbackQueue, deliveryQueue];

/** Removes rows that have expired, and the oldest rows above the limit of each table, one slice at a time. See `Store.purge`. */
export async function purge(connection: Connection, now: number, systemNow = now): Promise<void> {
  const spans: readonly (() => readonly Span[])[] = [
    () => [expiredSessions(now), oldCalls(now), ...messageQueues.map((queue) => queue.old(systemNow))],
    () => [
      ...surplusSessions(connection, now),
      ...surplusCalls(connection),
      ...messageQueues.flatMap((queue) => queue.surplus(connection)),
    ],
  ];
  for (const find of spans)
    for (const span of await connection.attempt(find))
      await repeat(() => connection.attempt(() => removeSome(connection, span, slice)));
  for (const queue of messageQueues)
    await repeat(() => connection.attempt(() => queue.giveUpOldest(connection, slice)));
  await repeat(() => connection.attempt(() => connection.giveBackPages()));
}

/** Repeats the step while it returns true. */
async function repeat(step: () => Promise<boolean>): Promise<void> {
  while (await step()) await setImmediate();
}
