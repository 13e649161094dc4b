import { setImmediate } from 'node:timers/promises';
import type { Contact, Pools } from '../pools.js';
import type { Connection } from './connection.js';
import { mdmListReads } from './mdm-lists.js';
import { inSight } from './profile-columns.js';

/**
 * From each name to the next one: a step costs one look-up, however many profiles have the same name. A pool that is only
 * being filled is not there yet: its first and its last profile tell, so that millions need not be looked through.
 */
const names = `
  WITH RECURSIVE names (name) AS (
    SELECT min(pool) FROM profiles WHERE pool IS NOT NULL
    UNION ALL
    SELECT (SELECT min(pool) FROM profiles WHERE pool > names.name) FROM names WHERE names.name IS NOT NULL
  )
  SELECT name FROM names WHERE name IS NOT NULL AND (
    (SELECT ${inSight} FROM profiles WHERE pool = name ORDER BY id LIMIT 1)
    OR (SELECT ${inSight} FROM profiles WHERE pool = name ORDER BY id DESC LIMIT 1)
  )
  UNION SELECT pool FROM mdm_lists ORDER BY 1`;

const slice = 20_000;
const countSlice = `
  SELECT max(id) AS last, sum(counts) AS count FROM (
    SELECT id, ${inSight} AS counts FROM profiles WHERE pool = ? AND id > ? ORDER BY id LIMIT ${slice}
  )`;

/** Entries of the history that a device caused have a TransactionId. */
const contact = `
  SELECT
    nullif(max(
      coalesce((SELECT max(at) FROM history WHERE profile_id = p.id AND transaction_id IS NOT NULL), 0),
      coalesce((SELECT max(created_at) FROM sessions WHERE profile_id = p.id), 0),
      coalesce((SELECT max(received_at) FROM notifications WHERE profile_id = p.id), 0)
    ), 0) AS at,
    (
      SELECT CASE WHEN transaction_id IS NULL THEN NULL ELSE coalesce(status, '') END
      FROM history WHERE profile_id = p.id ORDER BY version DESC, position DESC LIMIT 1
    ) AS status,
    EXISTS (
      SELECT 1 FROM sessions WHERE profile_id = p.id AND state IN ('authenticated', 'bound')
    ) AS "inSession"
  FROM (SELECT ? AS id) AS p`;

interface ContactRow {
  readonly at: number | null;
  /** Empty for a change without one; null for a change that no device caused. */
  readonly status: string | null;
  readonly inSession: number;
}

const toContact = ({ at, status, inSession }: ContactRow): Contact => ({
  at,
  lastStatus: status === '' ? null : status,
  isOngoing: status !== null || inSession === 1,
});

export const pools = (connection: Connection): Pools => ({
  ...mdmListReads(connection),
  poolNames: () =>
    connection.attempt(() =>
      connection
        .prepare<{ name: string }>(names)
        .all()
        .map(({ name }) => name),
    ),
  poolSize: (name) => connection.attempt(() => sizeOf(connection, name)),
  contacts: (ids) =>
    connection.attempt(() => {
      const read = connection.prepare<ContactRow>(contact);
      return new Map(ids.map((id) => [id, toContact(read.get(id)!)]));
    }),
});

/** Counted in slices, between which others have their turn. */
async function sizeOf(connection: Connection, name: string): Promise<number> {
  let size = 0;
  for (let after = 0; ; await setImmediate()) {
    const row = connection.prepare<{ last: number | null; count: number }>(countSlice).get(name, after);
    if (!row || row.last === null) return size;
    size += row.count;
    after = row.last;
  }
}
