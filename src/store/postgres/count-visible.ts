import type { Connection } from './connection.js';
import { patiently } from './patiently.js';
import { notInOpenBatch } from './profile-columns.js';

/** Counts the visible profiles that match `condition`. The condition must have an index. */
export const countVisible = (
  connection: Connection,
  condition: string,
  values: readonly unknown[],
): Promise<number> =>
  patiently(connection, async (queries) => {
    const sql = `SELECT count(*) AS count FROM profiles WHERE ${condition} AND ${notInOpenBatch}`;
    return (await queries.first<{ count: number }>(sql, values))!.count;
  });
