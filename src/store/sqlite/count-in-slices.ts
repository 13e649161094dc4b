import { setImmediate } from 'node:timers/promises';
import type { Connection } from './connection.js';
import { notInOpenBatch } from './profile-columns.js';

const slice = 20_000;

/**
 * Counts the visible profiles that match `condition`. The condition must have an index. Counts in slices, so that other
 * work runs in between.
 */
export async function countInSlices(
  connection: Connection,
  condition: string,
  ...parameters: readonly unknown[]
): Promise<number> {
  const countSlice = `
    SELECT max(id) AS last, sum(counts) AS count FROM (
      SELECT id, ${notInOpenBatch} AS counts FROM profiles WHERE ${condition} AND id > ? ORDER BY id LIMIT ${slice}
    )`;
  let size = 0;
  for (let after = 0; ; await setImmediate()) {
    const counted = connection.prepare<{ last: number | null; count: number }>(countSlice);
    const row = counted.get(...parameters, after);
    if (!row || row.last === null) return size;
    size += row.count;
    after = row.last;
  }
}
