import type { MdmList, Pools } from '../pools.js';
import { columnOf, mdmListColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import type { Queries } from './queries.js';
import { insertion, values } from './table.js';

const select = (member: keyof MdmList): string =>
  `SELECT ${selection(mdmListColumns)} FROM mdm_lists WHERE ${columnOf(mdmListColumns, member)} = $1`;
const insert = `${insertion('mdm_lists', mdmListColumns)} ON CONFLICT DO NOTHING`;
const update =
  'UPDATE mdm_lists SET version = $1, updated_at = $2 WHERE pool = $3 AND namespace = $4 AND version = $5';
const remove = 'DELETE FROM mdm_lists WHERE pool = $1 AND ($2::text IS NULL OR namespace = $2)';

export function mdmListReads(connection: Connection): Pick<Pools, 'mdmList' | 'mdmListOf'> {
  const find = (member: keyof MdmList) => (value: string, namespace?: string) =>
    namespace === undefined
      ? connection.first<MdmList>(`${select(member)} ORDER BY namespace LIMIT 1`, [value])
      : connection.first<MdmList>(`${select(member)} AND namespace = $2`, [value, namespace]);
  return { mdmList: find('pool'), mdmListOf: find('provider') };
}

/**
 * Saves the list.
 *
 * @returns whether the list was saved. It must be the first list of its pool and of its provider, or the next version of the stored list
 */
export async function saveMdmList(queries: Queries, list: MdmList): Promise<boolean> {
  const { pool, namespace, version, updatedAt } = list;
  const saved =
    version === 1
      ? await queries.run(insert, values(mdmListColumns, list))
      : await queries.run(update, [version, updatedAt, pool, namespace, version - 1]);
  return saved === 1;
}

export async function deleteMdmList(queries: Queries, pool: string, namespace?: string): Promise<void> {
  await queries.run(remove, [pool, namespace ?? null]);
}
