import type { SharedEntries, SharedEntry } from '../../across-instances.js';
import type { Connection } from '../connection.js';
import { lockOfTasks } from '../migrate.js';
import { allOf, type Queries } from '../queries.js';

/**
 * Each transaction that appends entries holds this lock until its commit. So ids become visible in order: a reader that has seen an id
 * has seen all smaller ids. Other long transactions, such as imports, do not delay readers.
 */
const oneAtATime = `SELECT pg_advisory_xact_lock(${lockOfTasks}, 4)`;
const notWaitingForTheDisk = 'SET LOCAL synchronous_commit = off';
const append = `
  INSERT INTO journal (id, slot, written_at, octets)
  SELECT nextval('journal_ids'), slot, written_at, octets
  FROM slot_to_append_to() AS slot, unnest($1::bigint[], $2::bytea[]) AS entry (written_at, octets)`;
const after = `
  SELECT id, written_at AS "writtenAt", octets FROM journal WHERE id > $1 ORDER BY id LIMIT $2`;
const last = 'SELECT coalesce(max(id), 0) AS id FROM journal';

/** Number of tables that hold the entries. */
const slots = 8;
/** Maximum size of all tables together, in octets. Beyond it, the oldest entries are dropped. */
const mostOctets = 256 * 1024 * 1024;
const fullness = `
  SELECT slot, (SELECT last_value FROM journal_ids) - first_id AS entries, pg_total_relation_size('journal_' || slot) AS octets
  FROM journal_slot`;
const moveOn = 'UPDATE journal_slot SET slot = $1, first_id = (SELECT last_value FROM journal_ids)';

export const sharedEntries = (connection: Connection): SharedEntries => ({
  appendEntries: (entries) =>
    connection.transaction(async (queries) => {
      await allOf([
        queries.run(notWaitingForTheDisk),
        queries.first(oneAtATime),
        queries.run(append, [entries.map(({ writtenAt }) => writtenAt), entries.map(({ octets }) => octets)]),
      ]);
    }),
  entriesAfter: (id, limit) => connection.all<SharedEntry>(after, [id, limit]),
  lastEntry: async () => (await connection.first<{ id: number }>(last))!.id,
  dropOldEntries: (count) => connection.transaction((queries) => dropOld(queries, count)),
});

/** If the current table is full, empties the next table and continues there. */
async function dropOld(queries: Queries, count: number): Promise<void> {
  await queries.first(oneAtATime);
  const found = await queries.first<{ slot: number; entries: number; octets: number }>(fullness);
  if (!found) return;
  const isFull = found.entries * (slots - 1) > count || found.octets * slots > mostOctets;
  if (!isFull) return;
  const next = (found.slot + 1) % slots;
  await queries.run(`TRUNCATE journal_${next}`);
  await queries.run(moveOn, [next]);
}
