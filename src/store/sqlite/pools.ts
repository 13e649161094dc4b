import { setImmediate } from 'node:timers/promises';
import { noNamespace } from '../../base/namespace.js';
import { contactCountsOf, countedContacts, type ContactCountRow } from '../contact-counts.js';
import type { ContactCount, DeviceContact, Pools } from '../pools.js';
import type { Connection } from './connection.js';
import { countInSlices } from './count-in-slices.js';
import { mdmListReads } from './mdm-lists.js';
import { notInOpenBatch } from './profile-columns.js';

const inNamespace = (namespace: string): string =>
  namespace === noNamespace ? 'namespace = :namespace' : "namespace = :namespace AND namespace <> ''";

/**
 * Lists the names of pools. Jumps from each name to the next, which takes one look-up per name. Leaves out a pool that
 * exists only in an open batch. Testing the first and the last profile of a pool is enough, so millions of profiles
 * need not be read.
 *
 * @param among condition that the profiles must meet
 * @param lists condition that the MDM lists must meet
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
  /** Empty: a device caused the change, and the change has no status. Null: no device caused the change. */
  readonly status: string | null;
  readonly inSession: number;
}

const toContact = ({ at, status, inSession }: ContactRow): DeviceContact => ({
  at,
  lastStatus: status === '' ? null : status,
  isOngoing: status !== null || inSession === 1,
});

export const pools = (connection: Connection): Pools => ({
  ...mdmListReads(connection),
  poolNames: (namespace) => connection.attempt(() => namesOf(connection, namespace).map(({ name }) => name)),
  poolSize: (name, namespace) =>
    connection.attempt(() =>
      namespace === undefined
        ? countInSlices(connection, 'pool = ?', name)
        : countInSlices(connection, `${inNamespace(namespace)} AND pool = ?`, { namespace }, name),
    ),
  contactCounts: (name, namespace) =>
    connection.attempt(() =>
      namespace === undefined
        ? countContacts(connection, 'pool = :name', { name })
        : countContacts(connection, `${inNamespace(namespace)} AND pool = :name`, { name, namespace }),
    ),
  contacts: (ids) =>
    connection.attempt(() => {
      const read = connection.prepare<ContactRow>(contact);
      return new Map(ids.map((id) => [id, toContact(read.get(id)!)]));
    }),
});

/** Profiles to count at a time. Other work runs in between. */
const sliceOfContacts = 5_000;

async function countContacts(
  connection: Connection,
  condition: string,
  values: Readonly<Record<string, string>>,
): Promise<readonly ContactCount[]> {
  const bound = `SELECT id FROM profiles WHERE ${condition} AND id > :after ORDER BY id LIMIT 1 OFFSET ${sliceOfContacts - 1}`;
  const slice = `(
    SELECT id, state FROM profiles WHERE ${condition} AND id > :after AND id <= :upTo AND ${notInOpenBatch}
  )`;
  const rows: ContactCountRow[] = [];
  for (let after = 0; ; await setImmediate()) {
    const upTo = connection.prepare<{ id: number }>(bound).get({ ...values, after })?.id;
    const counted = connection.prepare<ContactCountRow>(countedContacts(slice));
    rows.push(...counted.all({ ...values, after, upTo: upTo ?? Number.MAX_SAFE_INTEGER }));
    if (upTo === undefined) return contactCountsOf(rows);
    after = upTo;
  }
}

function namesOf(connection: Connection, namespace: string | undefined): readonly { name: string }[] {
  if (namespace === undefined) return connection.prepare<{ name: string }>(names()).all();
  const within = names(inNamespace(namespace), 'namespace = :namespace');
  return connection.prepare<{ name: string }>(within).all({ namespace });
}
