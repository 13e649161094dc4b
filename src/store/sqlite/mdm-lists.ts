import type { MdmList, Pools } from '../pools.js';
import type { Connection } from './connection.js';
import { columnOf, selection, values, type Columns } from './table.js';

const columns: Columns<MdmList> = {
  pool: 'pool',
  provider: 'provider',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

const select = (member: keyof MdmList): string =>
  `SELECT ${selection(columns)} FROM mdm_lists WHERE ${columnOf(columns, member)} = ?`;
const save = `
  INSERT INTO mdm_lists (${Object.values(columns).join(', ')}) SELECT ?, ?, ?, ?
  WHERE NOT EXISTS (SELECT 1 FROM mdm_lists WHERE provider = ? AND pool <> ?)
  ON CONFLICT (pool) DO UPDATE SET provider = excluded.provider, updated_at = excluded.updated_at`;
const remove = 'DELETE FROM mdm_lists WHERE pool = ?';

export const mdmListReads = (connection: Connection): Pick<Pools, 'mdmList' | 'mdmListOf'> => ({
  mdmList: (pool) => connection.attempt(() => connection.prepare<MdmList>(select('pool')).get(pool)),
  mdmListOf: (provider) =>
    connection.attempt(() => connection.prepare<MdmList>(select('provider')).get(provider)),
});

/** Whether no other pool has the provider's list; only then it is kept. */
export function saveMdmList(connection: Connection, list: MdmList): boolean {
  const { provider, pool } = list;
  return connection.prepare(save).run(...values(columns, list), provider, pool).changes === 1;
}

export function deleteMdmList(connection: Connection, pool: string): void {
  connection.prepare(remove).run(pool);
}
