import type { ContactCount } from './pools.js';
import type { ProfileState } from './records.js';

/** A row of {@link countedContacts}. */
export interface ContactCountRow {
  readonly state: ProfileState;
  /** Null: no device caused the last change. Empty: a device caused it, without a status code. */
  readonly status: string | null;
  /** Whether there is a session. SQLite returns 0 or 1 instead of a boolean. */
  readonly inSession: number | boolean;
  readonly count: number;
}

/**
 * SQL that counts profiles by state, status of the last change by a device, and session. Contacts with a device matter only in the states
 * Released and Downloaded. So the SQL looks up no contacts of other profiles.
 *
 * @param profiles a table with the columns id and state
 */
export const countedContacts = (profiles: string): string => `
  SELECT state, status, "inSession", count(*) AS count FROM (
    SELECT
      p.state,
      CASE WHEN p.state IN ('Released', 'Downloaded') THEN (
        SELECT CASE WHEN transaction_id IS NULL THEN NULL ELSE coalesce(status, '') END
        FROM history WHERE profile_id = p.id ORDER BY version DESC, position DESC LIMIT 1
      ) END AS status,
      p.state = 'Released' AND EXISTS (
        SELECT 1 FROM sessions WHERE profile_id = p.id AND state IN ('authenticated', 'bound')
      ) AS "inSession"
    FROM ${profiles} AS p
  ) AS contacted
  GROUP BY state, status, "inSession"`;

/** Adds up rows of several slices. */
export function contactCountsOf(rows: readonly ContactCountRow[]): readonly ContactCount[] {
  const counts = new Map<string, ContactCount>();
  for (const { state, status, inSession, count } of rows) {
    const lastStatus = status === '' ? null : status;
    const isOngoing = status !== null || Boolean(inSession);
    const key = JSON.stringify([state, lastStatus, isOngoing]);
    counts.set(key, { state, lastStatus, isOngoing, count: count + (counts.get(key)?.count ?? 0) });
  }
  return [...counts.values()];
}
