import { surplusCalls, oldCalls } from './calls.js';
import { callbackQueue } from './callbacks.js';
import type { Connection } from './connection.js';
import { lockOfTasks } from './migrate.js';
import { addUpCounts } from './profiles.js';
import { allOf, type Queries } from './queries.js';
import { expiredSessions, surplusSessions } from './sessions.js';
import { removeSome, type Span } from './span.js';
import { deliveryQueue } from './webhooks.js';

/** Rows to remove per transaction. */
const slice = 500;
const messageQueues = [callbackQueue, deliveryQueue];

/** Locks one schema, because servers in other schemas of the database have rows of their own to remove. */
const isFree = `SELECT pg_try_advisory_xact_lock(${lockOfTasks}, hashtext('purge ' || current_schema())) AS "isFree"`;
const forgetOldMarks = "DELETE FROM commit_marks WHERE at < now() - interval '1 day'";

/** Removes rows that have expired, and the oldest rows above the limit of each table, one slice at a time. See `Store.purge`. */
export async function purge(connection: Connection, now: number, systemNow = now): Promise<void> {
  /** Runs `work` in one transaction. Does nothing while another instance is purging. */
  const alone = (work: (queries: Queries) => Promise<boolean>): Promise<boolean> =>
    connection.transaction(
      async (queries) => {
        const lock = await queries.first<{ isFree: boolean }>(isFree);
        return lock?.isFree === true && (await work(queries));
      },
      // A round that finds nothing to remove writes nothing, not even a mark.
      { isMarked: false, gate: 'shared' },
    );
  const clear = async (spans: readonly Span[]): Promise<void> => {
    for (const span of spans) await repeat(() => alone((queries) => removeSome(queries, span, slice)));
  };
  await clear([expiredSessions(now), oldCalls(now), ...messageQueues.map((queue) => queue.old(systemNow))]);
  await clear(await surplusSessions(connection, now));
  await clear(await surplusCalls(connection));
  for (const queue of messageQueues) {
    await clear(await queue.surplus(connection));
    await repeat(() => alone((queries) => queue.giveUpOldest(queries, slice)));
  }
  await alone(async (queries) => {
    await allOf([addUpCounts(queries), queries.run(forgetOldMarks)]);
    return false;
  });
}

/** Repeats the step while it returns true. */
async function repeat(step: () => Promise<boolean>): Promise<void> {
  while (await step());
}
