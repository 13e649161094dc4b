import type { OrderCall } from '../records.js';
import type { Store } from '../store.js';
import type { Connection } from './connection.js';
import { surplusOf, type Span } from './span.js';
import { insertion, selection, values, type Columns } from './table.js';

const columns: Columns<OrderCall> = {
  id: 'id',
  content: 'content',
  profileId: 'profile_id',
  state: 'state',
  answer: 'answer',
  at: 'at',
};

/** How long repeated calls are recognised, in milliseconds: a day. */
const keptFor = 24 * 60 * 60 * 1000;

/** Maximum number of calls to recognise repeats by. */
export const callsKept = 100_000;

const insert = `${insertion('es2_calls', columns)} ON CONFLICT (id) DO NOTHING`;
const byId = `SELECT ${selection(columns)} FROM es2_calls WHERE id = ?`;
const about = `
  SELECT ${selection(columns)} FROM es2_calls WHERE profile_id = ? AND content = ? ORDER BY rowid DESC LIMIT 1`;

export const callReads = (connection: Connection): Pick<Store, 'call' | 'callAbout'> => ({
  call: (id) => connection.attempt(() => connection.prepare<OrderCall>(byId).get(id)),
  callAbout: (profileId, content) =>
    connection.attempt(() => connection.prepare<OrderCall>(about).get(profileId, content)),
});

/** @returns whether the call was recorded, which requires that no earlier call has the same id */
export const recordCall = (connection: Connection, call: OrderCall): boolean =>
  connection.prepare(insert).run(...values(columns, call)).changes === 1;

export function forgetCalls(connection: Connection, profileId: number): void {
  connection.prepare('DELETE FROM es2_calls WHERE profile_id = ?').run(profileId);
}

const callsUntil = (upTo: number): Span => ({
  ...{ table: 'es2_calls', column: 'at' },
  ...{ above: Number.MIN_SAFE_INTEGER, upTo },
});

export const oldCalls = (now: number): Span => callsUntil(now - keptFor - 1);

/** The oldest calls beyond the limit. */
export const surplusCalls = (connection: Connection, kept = callsKept): readonly Span[] =>
  surplusOf(connection, callsUntil(Number.MAX_SAFE_INTEGER), kept);
