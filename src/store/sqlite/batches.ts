import { BatchAbandonedError, type Batches, type OpenBatch } from '../batches.js';
import type { NewProfile } from '../records.js';
import { DuplicateError } from '../errors.js';
import type { Connection } from './connection.js';
import { countByKind } from '../count-by-kind.js';
import { duplicate } from './duplicates.js';
import { imsisTaken } from './imsi-claims.js';
import { batchInsertion, rowsOfStatement } from './insert-profile.js';
import { conflictingProfiles } from './conflicting-profiles.js';

const open = `
  INSERT INTO open_batches (owner, beats, abandoned, after_id)
  SELECT ?, 0, 0, coalesce((SELECT max(id) FROM profiles), 0)
  WHERE NOT EXISTS (SELECT 1 FROM open_batches)`;
const opened = 'SELECT id, owner, beats, abandoned AS "isAbandoned" FROM open_batches ORDER BY id LIMIT 1';
const beat = 'UPDATE open_batches SET beats = beats + 1 WHERE id = ? AND abandoned = 0';
const count = `
  INSERT INTO batch_counts VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count`;
const showCounts = `
  INSERT INTO profile_counts SELECT profile_type, state, count FROM batch_counts WHERE batch = ?
  ON CONFLICT DO UPDATE SET count = count + excluded.count`;
const end = 'DELETE FROM open_batches WHERE id = ?';
const abandon = 'UPDATE open_batches SET abandoned = 1 WHERE id = ? AND beats <= coalesce(?, beats)';
const abandoned = 'SELECT id, after_id AS "afterId" FROM open_batches WHERE abandoned = 1 LIMIT 1';
const lastOf = `
  SELECT max(id) AS id, count(*) AS count
  FROM (SELECT id FROM profiles WHERE id > ? AND batch = ? ORDER BY id LIMIT ?)`;
const remove = 'DELETE FROM profiles WHERE id > ? AND id <= ? AND batch = ?';
const moveOn = 'UPDATE open_batches SET after_id = ? WHERE id = ?';

/** A transaction with this many profiles blocks this process for one or two milliseconds. */
const batchPortion = 250;

/** Profiles that are created in portions and become visible at the same moment. */
export const batches = (connection: Connection): Batches => ({
  batchPortion,
  openBatch: (owner) =>
    connection.attempt(() => {
      const { changes, lastInsertRowid } = connection.prepare(open).run(owner);
      return changes === 1 ? Number(lastInsertRowid) : undefined;
    }),
  openedBatch: () =>
    connection.attempt(() => {
      const row = connection.prepare<Omit<OpenBatch, 'isAbandoned'> & { isAbandoned: number }>(opened).get();
      return row && { ...row, isAbandoned: row.isAbandoned === 1 };
    }),
  addToBatch: (batch, profiles) =>
    connection.attempt(() => connection.transaction(() => add(connection, batch, profiles))),
  closeBatch: (batch) =>
    connection.attempt(() =>
      connection.transaction(() => {
        recordHeartbeat(connection, batch);
        connection.prepare(showCounts).run(batch);
        connection.prepare(end).run(batch);
      }),
    ),
  abandonBatch: (batch, beats) =>
    connection.attempt(() => {
      connection.prepare(abandon).run(batch, beats ?? null);
    }),
  removeAbandoned: (limit) =>
    connection.attempt(() => connection.transaction(() => removeSome(connection, limit))),
  conflictingProfiles: (keys, namespace) =>
    connection.attempt(() => connection.snapshot(() => conflictingProfiles(connection, keys, namespace))),
});

/** Records a heartbeat. @throws BatchAbandonedError if the batch is closed or abandoned */
function recordHeartbeat(connection: Connection, batch: number): void {
  if (connection.prepare(beat).run(batch).changes !== 1) throw new BatchAbandonedError(batch);
}

function add(
  connection: Connection,
  batch: number,
  profiles: readonly NewProfile[],
): (DuplicateError | undefined)[] {
  recordHeartbeat(connection, batch);
  const insert = batchInsertion(connection, profiles, batch);
  const outcomes: (DuplicateError | undefined)[] = [...imsisTaken(connection, profiles)];
  const free = [...profiles.keys()].filter((index) => outcomes[index] === undefined);
  for (let at = 0; at < free.length; at += rowsOfStatement) {
    const group = free.slice(at, at + rowsOfStatement);
    const reasons = insertGroup(
      insert,
      group.map((index) => profiles[index]!),
    );
    group.forEach((index, place) => (outcomes[index] = reasons[place]));
  }
  const made = profiles.filter((_, index) => outcomes[index] === undefined);
  const addToCount = connection.prepare(count);
  for (const kind of countByKind(made)) addToCount.run(batch, ...kind);
  return outcomes;
}

/** Inserts all profiles at once. If that fails, inserts them one by one to find out which profile fails. */
function insertGroup(
  insert: (profiles: readonly NewProfile[]) => void,
  profiles: readonly NewProfile[],
): (DuplicateError | undefined)[] {
  if (reasonAgainst(insert, profiles) === undefined) return profiles.map(() => undefined);
  return profiles.map((profile) => reasonAgainst(insert, [profile]));
}

function reasonAgainst(
  insert: (profiles: readonly NewProfile[]) => void,
  profiles: readonly NewProfile[],
): DuplicateError | undefined {
  try {
    insert(profiles);
    return undefined;
  } catch (error) {
    const reason = duplicate(error, profiles[0]?.iccid, profiles[0]?.matchingId);
    if (reason instanceof DuplicateError) return reason;
    throw error;
  }
}

/** Removes the next profiles of an abandoned batch. @returns whether more remain */
function removeSome(connection: Connection, limit: number): boolean {
  const batch = connection.prepare<{ id: number; afterId: number }>(abandoned).get();
  if (!batch) return false;
  const { id, afterId } = batch;
  const last = connection
    .prepare<{ id: number | null; count: number }>(lastOf)
    .get(afterId, id, Math.max(1, limit));
  if (last === undefined || last.id === null) {
    connection.prepare(end).run(id);
    return connection.prepare(abandoned).get() !== undefined;
  }
  connection.prepare(remove).run(afterId, last.id, id);
  // The next slice starts after this one. Profiles of other batches in between are then not read again.
  connection.prepare(moveOn).run(last.id, id);
  return true;
}
