import type { OrderCall } from '../records.js';
import type { Store } from '../store.js';
import { callColumns, selection } from '../columns.js';
import { callsKept, callsKeptFor } from '../limits.js';
import type { Connection } from './connection.js';
import { surplusOf, type Span } from './span.js';
import { insertion, values } from './table.js';

const insert = `${insertion('es2_calls', callColumns)} ON CONFLICT (id) DO NOTHING`;
const byId = `SELECT ${selection(callColumns)} FROM es2_calls WHERE id = ?`;
const about = `
  SELECT ${selection(callColumns)} FROM es2_calls WHERE profile_id = ? AND content = ? ORDER BY rowid DESC LIMIT 1`;

export const callReads = (connection: Connection): Pick<Store, 'call' | 'callAbout'> => ({
  call: (id) => connection.attempt(() => connection.prepare<OrderCall>(byId).get(id)),
  callAbout: (profileId, content) =>
    connection.attempt(() => connection.prepare<OrderCall>(about).get(profileId, content)),
});

/** @returns whether the call was recorded. It is not recorded if an earlier call has the same id */
export const recordCall = (connection: Connection, call: OrderCall): boolean =>
  connection.prepare(insert).run(...values(callColumns, call)).changes === 1;

export function forgetCalls(connection: Connection, profileId: number): void {
  connection.prepare('DELETE FROM es2_calls WHERE profile_id = ?').run(profileId);
}

const callsUntil = (upTo: number): Span => ({
  ...{ table: 'es2_calls', column: 'at' },
  ...{ above: Number.MIN_SAFE_INTEGER, upTo },
});

export const oldCalls = (now: number): Span => callsUntil(now - callsKeptFor - 1);

/** The oldest calls beyond the limit. */
export const surplusCalls = (connection: Connection, kept = callsKept): readonly Span[] =>
  surplusOf(connection, callsUntil(Number.MAX_SAFE_INTEGER), kept);
