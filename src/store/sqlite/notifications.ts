import type { StoredNotification } from '../records.js';
import type { Store } from '../store.js';
import type { Connection } from './connection.js';
import { insertion, selection, values, type Columns, type Row } from './table.js';

const columns: Columns<StoredNotification> = {
  receivedAt: 'received_at',
  verified: 'verified',
  octets: 'octets',
  eid: 'eid',
  iccid: 'iccid',
  seqNumber: 'seq_number',
  operation: 'operation',
  profileId: 'profile_id',
  key: 'event_key',
  outcome: 'outcome',
};

/** Unverified notifications that {@link removeOldUnverified} leaves: enough to look into, whoever sends how many. */
export const unverifiedKept = 1000;

type NotificationRow = Row<StoredNotification, 'verified'>;

const insert = `${insertion('notifications', columns)} ON CONFLICT (event_key) WHERE event_key IS NOT NULL DO NOTHING`;
const select = `SELECT ${selection(columns)} FROM notifications WHERE profile_id = ? ORDER BY id`;
const selectKey = 'SELECT 1 FROM notifications WHERE event_key = ?';
const removeUnverified = `
  DELETE FROM notifications WHERE verified = 0 AND id <= (
    SELECT id FROM notifications WHERE verified = 0 ORDER BY id DESC LIMIT 1 OFFSET ${unverifiedKept})`;

export const notificationReads = (
  connection: Connection,
): Pick<Store, 'notifications' | 'hasNotification'> => ({
  hasNotification: (key) => connection.attempt(() => connection.prepare(selectKey).get(key) !== undefined),
  notifications: (profileId) =>
    connection.attempt(() =>
      connection
        .prepare<NotificationRow>(select)
        .all(profileId)
        .map((row) => ({ ...row, verified: row.verified === 1 })),
    ),
});

/** Whether it was recorded: no earlier one has the same key. */
export const recordNotification = (connection: Connection, notification: StoredNotification): boolean =>
  connection.prepare(insert).run(...values(columns, notification)).changes === 1;

export function removeOldUnverified(connection: Connection): void {
  connection.prepare(removeUnverified).run();
}
