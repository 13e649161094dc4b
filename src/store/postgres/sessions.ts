import type { RspSession, SessionChanges, SessionState } from '../records.js';
import type { Change, Store } from '../store.js';
import { changeableSessionColumns, selection, sessionColumns } from '../columns.js';
import { longestWait, sessionsKept } from '../limits.js';
import type { Connection } from './connection.js';
import { allOf, type Queries } from './queries.js';
import { surplusOf, type Span } from './span.js';
import { assignments, insertion, values } from './table.js';

type EndSessions = Omit<Extract<Change, { kind: 'endSessions' }>, 'kind'>;

const insert = insertion('sessions', sessionColumns);
const select = `SELECT ${selection(sessionColumns)} FROM sessions WHERE transaction_id = $1`;
const end = `
  UPDATE sessions SET state = 'ended'
  WHERE profile_id = $1 AND state IN ('initiated', 'authenticated', 'bound')
    AND ($2::text IS NULL OR eid = $2) AND transaction_id IS DISTINCT FROM $3::bytea`;
const orphan = "UPDATE sessions SET result = 'orphaned' WHERE profile_id = $1 AND result = 'awaited'";

export const sessionReads = (connection: Connection): Pick<Store, 'session'> => ({
  session: (transactionId) => connection.first<RspSession>(select, [transactionId]),
});

export async function createSession(queries: Queries, session: RspSession): Promise<void> {
  await queries.run(insert, values(sessionColumns, session));
}

/** Changes the session. @returns whether it was in one of the states `from` */
export async function updateSession(
  queries: Queries,
  transactionId: Buffer,
  from: readonly SessionState[],
  set: SessionChanges,
): Promise<boolean> {
  const { sql, values: assigned } = assignments(changeableSessionColumns, set, 3);
  const update = `
    UPDATE sessions SET ${sql.length > 0 ? sql.join(', ') : 'state = state'} WHERE transaction_id = $1 AND state = ANY ($2::text[])`;
  return (await queries.run(update, [transactionId, from, ...assigned])) === 1;
}

/** See the change `endSessions` of {@link Store.commit}. */
export async function endSessions(
  queries: Queries,
  { profileId, eid, except, orderIsOver = false }: EndSessions,
): Promise<void> {
  await allOf([
    queries.run(end, [profileId, eid ?? null, except ?? null]),
    orderIsOver && queries.run(orphan, [profileId]),
  ]);
}

const sessionsUntil = (above: number, upTo: number): Span => ({
  ...{ table: 'sessions', column: 'expires_at' },
  ...{ above, upTo },
});

export const expiredSessions = (now: number): Span => sessionsUntil(Number.MIN_SAFE_INTEGER, now - 1);

/** The sessions beyond the limit. Sessions that expire first are removed first. */
export async function surplusSessions(
  queries: Queries,
  now: number,
  kept = sessionsKept,
): Promise<readonly Span[]> {
  const split = now + longestWait;
  const spans = [sessionsUntil(now - 1, split), sessionsUntil(split, Number.MAX_SAFE_INTEGER)];
  return (await allOf(spans.map((span) => surplusOf(queries, span, kept)))).flat();
}
