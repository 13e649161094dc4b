import type { OrderCall } from '../records.js';
import type { Store } from '../store.js';
import { callColumns, selection } from '../columns.js';
import { callsKept, callsKeptFor } from '../limits.js';
import type { Connection } from './connection.js';
import type { Queries } from './queries.js';
import { surplusOf, type Span } from './span.js';
import { insertion, values } from './table.js';

const insert = `${insertion('es2_calls', callColumns)} ON CONFLICT (id) DO NOTHING`;
const byId = `SELECT ${selection(callColumns)} FROM es2_calls WHERE id = $1`;
const about = `
  SELECT ${selection(callColumns)} FROM es2_calls WHERE profile_id = $1 AND content = $2 ORDER BY position DESC LIMIT 1`;

export const callReads = (connection: Connection): Pick<Store, 'call' | 'callAbout'> => ({
  call: (id) => connection.first<OrderCall>(byId, [id]),
  callAbout: (profileId, content) => connection.first<OrderCall>(about, [profileId, content]),
});

/** @returns whether the call was recorded. It is not recorded if an earlier call has the same id */
export const recordCall = async (queries: Queries, call: OrderCall): Promise<boolean> =>
  (await queries.run(insert, values(callColumns, call))) === 1;

export async function forgetCalls(queries: Queries, profileId: number): Promise<void> {
  await queries.run('DELETE FROM es2_calls WHERE profile_id = $1', [profileId]);
}

const callsUntil = (upTo: number): Span => ({
  ...{ table: 'es2_calls', column: 'at' },
  ...{ above: Number.MIN_SAFE_INTEGER, upTo },
});

export const oldCalls = (now: number): Span => callsUntil(now - callsKeptFor - 1);

/** The oldest calls beyond the limit. */
export const surplusCalls = (queries: Queries, kept = callsKept): Promise<readonly Span[]> =>
  surplusOf(queries, callsUntil(Number.MAX_SAFE_INTEGER), kept);
