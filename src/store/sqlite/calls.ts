import type { OrderCall } from '../records.js';
import type { Store } from '../store.js';
import type { Connection } from './connection.js';
import { insertion, selection, values, type Columns } from './table.js';

const columns: Columns<OrderCall> = {
  id: 'id',
  content: 'content',
  profileId: 'profile_id',
  state: 'state',
  answer: 'answer',
  at: 'at',
};

/** How long a repeated call is known, in milliseconds: a day. */
const keptFor = 24 * 60 * 60 * 1000;

const insert = `${insertion('es2_calls', columns)} ON CONFLICT (id) DO NOTHING`;
const byId = `SELECT ${selection(columns)} FROM es2_calls WHERE id = ?`;
const about = `
  SELECT ${selection(columns)} FROM es2_calls WHERE profile_id = ? AND content = ? ORDER BY rowid DESC LIMIT 1`;

export const callReads = (connection: Connection): Pick<Store, 'call' | 'callAbout'> => ({
  call: (id) => connection.attempt(() => connection.prepare<OrderCall>(byId).get(id)),
  callAbout: (profileId, content) =>
    connection.attempt(() => connection.prepare<OrderCall>(about).get(profileId, content)),
});

/** Whether it was recorded: no earlier one has the same id. */
export const recordCall = (connection: Connection, call: OrderCall): boolean =>
  connection.prepare(insert).run(...values(columns, call)).changes === 1;

export function forgetCalls(connection: Connection, profileId: number): void {
  connection.prepare('DELETE FROM es2_calls WHERE profile_id = ?').run(profileId);
}

export function removeOldCalls(connection: Connection, now: number): void {
  connection.prepare('DELETE FROM es2_calls WHERE at < ?').run(now - keptFor);
}
