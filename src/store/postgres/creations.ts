import { setTimeout } from 'node:timers/promises';
import type { Connection } from './connection.js';
import { lockOfTasks } from './migrate.js';

/** Each transaction that creates profiles holds this shared lock, from before it takes ids until its commit. */
const task = 6;
export const announceCreation = `SELECT pg_advisory_xact_lock_shared(${lockOfTasks}, ${task})`;

const highest = 'SELECT max(id) AS id FROM profiles';
const creations = `
  SELECT virtualtransaction AS "transaction" FROM pg_locks
  WHERE locktype = 'advisory' AND classid = ${lockOfTasks} AND objid = ${task} AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Milliseconds: how long to wait for running creations, and the pause between two checks. */
const [patience, pause] = [2_000, 5];

/**
 * The highest id of a profile. Waits up to two seconds until all profiles with smaller ids are visible too. Their transactions may still
 * run, because ids are assigned before the commit. Does not wait for later transactions.
 */
export async function settledId(connection: Connection): Promise<number> {
  // Reads the id first, so that the transactions found next include every uncommitted transaction with a smaller id.
  const found = await connection.first<{ id: number | null }>(highest);
  let underWay = await transactionsNow(connection);
  const end = performance.now() + patience;
  while (underWay.size > 0 && performance.now() < end) {
    await setTimeout(pause);
    const now = await transactionsNow(connection);
    underWay = new Set([...underWay].filter((one) => now.has(one)));
  }
  return found?.id ?? 0;
}

const transactionsNow = async (connection: Connection): Promise<ReadonlySet<string>> =>
  new Set((await connection.all<{ transaction: string }>(creations)).map((row) => row.transaction));
