import type { MdmList, Pools } from '../pools.js';
import { columnOf, mdmListColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import { insertion, values } from './table.js';

const select = (member: keyof MdmList): string =>
  `SELECT ${selection(mdmListColumns)} FROM mdm_lists WHERE ${columnOf(mdmListColumns, member)} = ?`;
const insert = `${insertion('mdm_lists', mdmListColumns)} ON CONFLICT DO NOTHING`;
const update =
  'UPDATE mdm_lists SET version = ?, updated_at = ? WHERE pool = ? AND namespace = ? AND version = ?';
const remove = 'DELETE FROM mdm_lists WHERE pool = ?';

export function mdmListReads(connection: Connection): Pick<Pools, 'mdmList' | 'mdmListOf'> {
  const find = (member: keyof MdmList) => (value: string, namespace?: string) =>
    connection.attempt(() =>
      namespace === undefined
        ? connection.prepare<MdmList>(`${select(member)} ORDER BY namespace LIMIT 1`).get(value)
        : connection.prepare<MdmList>(`${select(member)} AND namespace = ?`).get(value, namespace),
    );
  return { mdmList: find('pool'), mdmListOf: find('provider') };
}

/**
 * Saves the list.
 *
 * @returns whether the list was saved. It must be the first list of its pool and of its provider, or the next version of the stored list
 */
export function saveMdmList(connection: Connection, list: MdmList): boolean {
  const { pool, namespace, version, updatedAt } = list;
  const { changes } =
    version === 1
      ? connection.prepare(insert).run(...values(mdmListColumns, list))
      : connection.prepare(update).run(version, updatedAt, pool, namespace, version - 1);
  return changes === 1;
}

export function deleteMdmList(connection: Connection, pool: string, namespace?: string): void {
  if (namespace === undefined) connection.prepare(remove).run(pool);
  else connection.prepare(`${remove} AND namespace = ?`).run(pool, namespace);
}
