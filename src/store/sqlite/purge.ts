import { setImmediate } from 'node:timers/promises';
import { surplusCalls, oldCalls } from './calls.js';
import { giveUpOldestCallbacks, oldCallbacks, surplusCallbacks } from './callbacks.js';
import type { Connection } from './connection.js';
import { expiredSessions, surplusSessions } from './sessions.js';
import { removeSome, type Span } from './span.js';

/** Rows that go in one transaction. Devices are served between two of them. */
const slice = 500;

/** Removes what has expired by `now`, and what is more than each table keeps, a slice at a time. */
export async function purge(connection: Connection, now: number): Promise<void> {
  const spans: readonly (() => readonly Span[])[] = [
    () => [expiredSessions(now), oldCalls(now), oldCallbacks(now)],
    () => [...surplusSessions(connection, now), ...surplusCalls(connection), ...surplusCallbacks(connection)],
  ];
  for (const find of spans)
    for (const span of await connection.attempt(find))
      await repeat(() => connection.attempt(() => removeSome(connection, span, slice)));
  await repeat(() => connection.attempt(() => giveUpOldestCallbacks(connection, slice)));
  await repeat(() => connection.attempt(() => connection.giveBackPages()));
}

/** Goes on for as long as there is more to do. */
async function repeat(step: () => Promise<boolean>): Promise<void> {
  while (await step()) await setImmediate();
}
