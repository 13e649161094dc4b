import type { RspSession, SessionChanges, SessionState } from '../records.js';
import type { Change, Store } from '../store.js';
import { changeableSessionColumns, selection, sessionColumns } from '../columns.js';
import { longestWait, sessionsKept } from '../limits.js';
import type { Connection } from './connection.js';
import { surplusOf, type Span } from './span.js';
import { assignments, insertion, parameters, values, type Row } from './table.js';

type EndSessions = Omit<Extract<Change, { kind: 'endSessions' }>, 'kind'>;
type SessionRow = Row<RspSession, 'ccRequired'>;

const insert = insertion('sessions', sessionColumns);
const select = `SELECT ${selection(sessionColumns)} FROM sessions WHERE transaction_id = ?`;
const end = `
  UPDATE sessions SET state = 'ended'
  WHERE profile_id = :profileId AND state IN ('initiated', 'authenticated', 'bound')
    AND eid IS ifnull(:eid, eid) AND transaction_id IS NOT :except`;
const orphan = "UPDATE sessions SET result = 'orphaned' WHERE profile_id = ? AND result = 'awaited'";
export const sessionReads = (connection: Connection): Pick<Store, 'session'> => ({
  session: (transactionId) =>
    connection.attempt(() => {
      const row = connection.prepare<SessionRow>(select).get(transactionId);
      return row && { ...row, ccRequired: row.ccRequired === 1 };
    }),
});

export function createSession(connection: Connection, session: RspSession): void {
  connection.prepare(insert).run(...values(sessionColumns, session));
}

/** Changes the session. @returns whether the session was in one of the states `from` */
export function updateSession(
  connection: Connection,
  transactionId: Buffer,
  from: readonly SessionState[],
  set: SessionChanges,
): boolean {
  const { sql, values } = assignments(changeableSessionColumns, set);
  const assigned = sql.length > 0 ? sql.join(', ') : 'state = state';
  const update = `UPDATE sessions SET ${assigned} WHERE transaction_id = ? AND state IN (${parameters(from)})`;
  return connection.prepare(update).run(...values, transactionId, ...from).changes === 1;
}

/** See the change `endSessions` of {@link Store.commit}. */
export function endSessions(
  connection: Connection,
  { profileId, eid, except, orderIsOver = false }: EndSessions,
): void {
  connection.prepare(end).run({ profileId, eid: eid ?? null, except: except ?? null });
  if (orderIsOver) connection.prepare(orphan).run(profileId);
}

const sessionsUntil = (above: number, upTo: number): Span => ({
  ...{ table: 'sessions', column: 'expires_at' },
  ...{ above, upTo },
});

export const expiredSessions = (now: number): Span => sessionsUntil(Number.MIN_SAFE_INTEGER, now - 1);

/** The sessions beyond the limit. Sessions that expire first are removed first. */
export function surplusSessions(connection: Connection, now: number, kept = sessionsKept): readonly Span[] {
  const split = now + longestWait;
  return [sessionsUntil(now - 1, split), sessionsUntil(split, Number.MAX_SAFE_INTEGER)].flatMap((span) =>
    surplusOf(connection, span, kept),
  );
}
