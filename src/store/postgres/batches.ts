import { BatchAbandonedError, type Batches, type OpenBatch } from '../batches.js';
import { beat } from './beat.js';
import type { Connection } from './connection.js';
import { fillBatch } from './fill-batch.js';
import { conflictingProfiles } from './conflicting-profiles.js';
import { allOf, type Queries } from './queries.js';

const open = `
  INSERT INTO open_batches (owner, beats, abandoned, after_id)
  VALUES ($1, 0, false, (SELECT coalesce(max(id), 0) FROM profiles)) ON CONFLICT DO NOTHING RETURNING id`;
const opened = 'SELECT id, owner, beats, abandoned AS "isAbandoned" FROM open_batches';
const showCounts = `
  INSERT INTO profile_count_changes SELECT profile_type, state, count FROM batch_counts WHERE batch = $1`;
const end = 'DELETE FROM open_batches WHERE id = $1';
const abandon = 'UPDATE open_batches SET abandoned = true WHERE id = $1 AND beats <= coalesce($2, beats)';
/** Skips locked batches: another instance is removing their profiles. */
const abandoned = 'SELECT id, after_id AS "afterId" FROM open_batches WHERE abandoned FOR UPDATE SKIP LOCKED';
const lastOf = `
  SELECT max(id) AS id FROM (SELECT id FROM profiles WHERE id > $1 AND batch = $2 ORDER BY id LIMIT $3) AS slice`;
const remove = 'DELETE FROM profiles WHERE id > $1 AND id <= $2 AND batch = $3';
const moveOn = 'UPDATE open_batches SET after_id = $1 WHERE id = $2';

/** With larger portions, COPY is hardly faster. */
const batchPortion = 5000;

/** Profiles that are created in portions and become visible at the same moment. */
export const batches = (connection: Connection): Batches => ({
  batchPortion,
  openBatch: (owner) =>
    connection.transaction(async (queries) => (await queries.first<{ id: number }>(open, [owner]))?.id),
  openedBatch: () => connection.first<OpenBatch>(opened),
  addToBatch: (batch, profiles) => connection.attempt(() => fillBatch(connection, batch, profiles)),
  closeBatch: (batch) =>
    connection.transaction(async (queries) => {
      const [beaten] = await allOf([
        queries.run(beat, [batch]),
        queries.run(showCounts, [batch]),
        queries.run(end, [batch]),
      ]);
      if (beaten !== 1) throw new BatchAbandonedError(batch);
    }),
  abandonBatch: async (batch, beats) => {
    await connection.run(abandon, [batch, beats ?? null]);
  },
  // The time limit is long. A slice that exceeds the limit would be tried again and again, and no other import could begin.
  removeAbandoned: (limit) =>
    connection.transaction((queries) => removeSome(queries, limit), { isPatient: true }),
  conflictingProfiles: (keys, namespace) => conflictingProfiles(connection, keys, namespace),
});

/** Removes the next profiles of an abandoned batch. @returns whether more remain */
async function removeSome(queries: Queries, limit: number): Promise<boolean> {
  const batch = await queries.first<{ id: number; afterId: number }>(abandoned);
  if (!batch) return false;
  const { id, afterId } = batch;
  const last = await queries.first<{ id: number | null }>(lastOf, [afterId, id, Math.max(1, limit)]);
  if (last === undefined || last.id === null) {
    await queries.run(end, [id]);
    return false;
  }
  // The next slice starts after this one. So the profiles of other batches in between are read only once.
  await allOf([queries.run(remove, [afterId, last.id, id]), queries.run(moveOn, [last.id, id])]);
  return true;
}
