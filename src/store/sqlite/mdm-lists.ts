import type { MdmList, Pools } from '../pools.js';
import type { Connection } from './connection.js';
import { columnOf, insertion, selection, values, type Columns } from './table.js';

const columns: Columns<MdmList> = {
  pool: 'pool',
  version: 'version',
  provider: 'provider',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

const select = (member: keyof MdmList): string =>
  `SELECT ${selection(columns)} FROM mdm_lists WHERE ${columnOf(columns, member)} = ?`;
const insert = `${insertion('mdm_lists', columns)} ON CONFLICT DO NOTHING`;
const update = 'UPDATE mdm_lists SET version = ?, updated_at = ? WHERE pool = ? AND version = ?';
const remove = 'DELETE FROM mdm_lists WHERE pool = ?';

export const mdmListReads = (connection: Connection): Pick<Pools, 'mdmList' | 'mdmListOf'> => ({
  mdmList: (pool) => connection.attempt(() => connection.prepare<MdmList>(select('pool')).get(pool)),
  mdmListOf: (provider) =>
    connection.attempt(() => connection.prepare<MdmList>(select('provider')).get(provider)),
});

/** Whether the list is new, and the only one of its provider, or follows the version that is kept; only then it is kept. */
export function saveMdmList(connection: Connection, list: MdmList): boolean {
  const { pool, version, updatedAt } = list;
  const { changes } =
    version === 1
      ? connection.prepare(insert).run(...values(columns, list))
      : connection.prepare(update).run(version, updatedAt, pool, version - 1);
  return changes === 1;
}

export function deleteMdmList(connection: Connection, pool: string): void {
  connection.prepare(remove).run(pool);
}
