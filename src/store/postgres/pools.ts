import { noNamespace } from '../../base/namespace.js';
import { contactCountsOf, countedContacts, type ContactCountRow } from '../contact-counts.js';
import type { ContactCount, DeviceContact, Pools } from '../pools.js';
import type { Connection } from './connection.js';
import { countVisible } from './count-visible.js';
import { mdmListReads } from './mdm-lists.js';
import { patiently } from './patiently.js';
import { notInOpenBatch } from './profile-columns.js';

const inNamespace = (namespace: string, place: number): string =>
  namespace === noNamespace ? `namespace = $${place}` : `namespace = $${place} AND namespace <> ''`;

/**
 * Lists the names of pools. Jumps from each name to the next, with one look-up per name, however many profiles share it. Leaves out a pool
 * that exists only in an open batch. Testing the first and the last profile of a pool is enough, so millions of profiles need not be read.
 *
 * @param among condition that selects profiles @param lists condition that selects MDM lists
 */
const names = (among = 'TRUE', lists = 'TRUE'): string => `
  WITH RECURSIVE names (name) AS (
    SELECT min(pool) FROM profiles WHERE ${among} AND pool IS NOT NULL
    UNION ALL
    SELECT (SELECT min(pool) FROM profiles WHERE ${among} AND pool > names.name)
    FROM names WHERE names.name IS NOT NULL
  )
  SELECT name FROM names WHERE name IS NOT NULL AND (
    (SELECT ${notInOpenBatch} FROM profiles WHERE ${among} AND pool = name ORDER BY id LIMIT 1)
    OR (SELECT ${notInOpenBatch} FROM profiles WHERE ${among} AND pool = name ORDER BY id DESC LIMIT 1)
  )
  UNION SELECT pool FROM mdm_lists WHERE ${lists} ORDER BY 1`;

/** Only history entries that a device caused have a TransactionId. */
const contact = `
  SELECT
    p.id,
    nullif(greatest(
      (SELECT max(at) FROM history WHERE profile_id = p.id AND transaction_id IS NOT NULL),
      (SELECT max(created_at) FROM sessions WHERE profile_id = p.id),
      (SELECT max(received_at) FROM notifications WHERE profile_id = p.id)
    ), 0) AS at,
    (
      SELECT CASE WHEN transaction_id IS NULL THEN NULL ELSE coalesce(status, '') END
      FROM history WHERE profile_id = p.id ORDER BY version DESC, position DESC LIMIT 1
    ) AS status,
    EXISTS (
      SELECT 1 FROM sessions WHERE profile_id = p.id AND state IN ('authenticated', 'bound')
    ) AS "inSession"
  FROM unnest($1::bigint[]) AS p (id)`;

interface ContactRow {
  readonly id: number;
  readonly at: number | null;
  /** Empty: a device caused the change, and the change has no status. Null: no device caused the change. */
  readonly status: string | null;
  readonly inSession: boolean;
}

const toContact = ({ at, status, inSession }: ContactRow): DeviceContact => ({
  at,
  lastStatus: status === '' ? null : status,
  isOngoing: status !== null || inSession,
});

export const pools = (connection: Connection): Pools => ({
  ...mdmListReads(connection),
  poolNames: async (namespace) => (await namesOf(connection, namespace)).map(({ name }) => name),
  poolSize: (name, namespace) =>
    namespace === undefined
      ? countVisible(connection, 'pool = $1', [name])
      : countVisible(connection, `pool = $1 AND ${inNamespace(namespace, 2)}`, [name, namespace]),
  contactCounts: (name, namespace) =>
    namespace === undefined
      ? countContacts(connection, 'pool = $1', [name])
      : countContacts(connection, `pool = $1 AND ${inNamespace(namespace, 2)}`, [name, namespace]),
  contacts: async (ids) =>
    new Map((await connection.all<ContactRow>(contact, [ids])).map((row) => [row.id, toContact(row)])),
});

const countContacts = (
  connection: Connection,
  condition: string,
  values: readonly unknown[],
): Promise<readonly ContactCount[]> =>
  patiently(connection, async (queries) => {
    const pool = `(SELECT id, state FROM profiles WHERE ${condition} AND ${notInOpenBatch})`;
    return contactCountsOf(await queries.all<ContactCountRow>(countedContacts(pool), values));
  });

const namesOf = (
  connection: Connection,
  namespace: string | undefined,
): Promise<readonly { name: string }[]> =>
  namespace === undefined
    ? connection.all(names())
    : connection.all(names(inNamespace(namespace, 1), 'namespace = $1'), [namespace]);
