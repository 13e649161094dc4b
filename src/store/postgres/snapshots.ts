import { StoreError } from '../errors.js';
import { checkedSnapshotName, type ResetAndSnapshots, type Snapshot } from '../reset-and-snapshots.js';
import type { Connection } from './connection.js';
import { clearing, dataTables } from './data-tables.js';
import { lockOfTasks } from './migrate.js';
import type { TransactionQueries } from './queries.js';

const oneAtATime = `SELECT pg_advisory_xact_lock(${lockOfTasks}, 2)`;
const version = '(SELECT version FROM mock_smdp)';
const add = `
  INSERT INTO snapshots (name, taken_at, schema_version)
  VALUES ($1, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint, ${version}) RETURNING id, taken_at AS "takenAt"`;
const find = `SELECT id, schema_version = ${version} AS "isOurs" FROM snapshots WHERE name = $1`;
const list = 'SELECT name, taken_at AS "takenAt" FROM snapshots ORDER BY name';
const remove = 'DELETE FROM snapshots WHERE name = $1 RETURNING id';
const columnsOf = `
  SELECT table_name AS "table", string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
  FROM information_schema.columns WHERE table_schema = $1 GROUP BY table_name`;

const copyOf = (table: string, id: number): string => `snapshot_${id}_${table}`;
const patient = { isPatient: true } as const;
const alone = { isPatient: true, gate: 'alone' } as const;

/** Resets the database, and saves and restores snapshots. A snapshot is a copy of each table in the same schema. */
export const resetAndSnapshots = (connection: Connection): ResetAndSnapshots => ({
  clear: (keep) => connection.transaction((queries) => queries.script(clearing(keep)), alone),
  saveSnapshot: async (name) => {
    checkedSnapshotName(name);
    return connection.transaction((queries) => save(queries, name), {
      ...patient,
      isolation: 'REPEATABLE READ',
    });
  },
  restoreSnapshot: async (name) => {
    checkedSnapshotName(name);
    return connection.transaction((queries) => restore(queries, name, connection.place.schema), alone);
  },
  snapshots: () => connection.all<Snapshot>(list),
  deleteSnapshot: async (name) => {
    checkedSnapshotName(name);
    return connection.transaction((queries) => forget(queries, name), patient);
  },
});

async function save(queries: TransactionQueries, name: string): Promise<Snapshot> {
  await forget(queries, name);
  const added = await queries.first<{ id: number; takenAt: number }>(add, [name]);
  const { id, takenAt } = added!;
  await queries.script(
    dataTables.map((table) => `CREATE TABLE ${copyOf(table, id)} AS TABLE ${table};`).join('\n'),
  );
  return { name, takenAt };
}

async function restore(queries: TransactionQueries, name: string, schema: string): Promise<boolean> {
  const found = await queries.first<{ id: number; isOurs: boolean }>(find, [name]);
  if (!found) return false;
  if (!found.isOurs) throw otherVersion(name);
  const rows = await queries.all<{ table: string; columns: string }>(columnsOf, [schema]);
  const columns = new Map(rows.map((row) => [row.table, row.columns]));
  const copies = dataTables.map((table) => {
    const names = columns.get(table)!;
    return `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${copyOf(table, found.id)};`;
  });
  await queries.script([`${clearing()};`, ...copies].join('\n'));
  return true;
}

/** Removes the snapshot. @returns whether it existed */
async function forget(queries: TransactionQueries, name: string): Promise<boolean> {
  await queries.first(oneAtATime);
  const removed = await queries.first<{ id: number }>(remove, [name]);
  if (!removed) return false;
  await queries.script(
    `DROP TABLE IF EXISTS ${dataTables.map((table) => copyOf(table, removed.id)).join(', ')}`,
  );
  return true;
}

const otherVersion = (name: string): StoreError =>
  new StoreError(
    'unsupported',
    `The snapshot '${name}' was taken by another version of mock-smdp; delete the snapshot and take a new one`,
  );
