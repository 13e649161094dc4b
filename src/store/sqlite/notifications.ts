import type { StoredNotification } from '../records.js';
import type { Store } from '../store.js';
import { notificationColumns, selection } from '../columns.js';
import { eventsKept, idleKept } from '../limits.js';
import type { Connection } from './connection.js';
import { insertion, values, type Row } from './table.js';

type NotificationRow = Row<StoredNotification, 'verified'>;

const existing = 'SELECT 1 FROM profiles WHERE id = ?';
const insert = `${insertion('notifications', notificationColumns)} ON CONFLICT (event_key) WHERE event_key IS NOT NULL DO NOTHING`;
const select = `SELECT ${selection(notificationColumns)} FROM notifications WHERE profile_id = ? ORDER BY id`;
const selectKey = 'SELECT 1 FROM notifications WHERE event_key = ?';
const areIdle = 'FROM notifications INDEXED BY notifications_idle WHERE event_key IS NULL AND verified = ?';
const measureIdle = `SELECT count(*) AS "count", sum(length(octets)) AS "octets" ${areIdle}`;
const idleByAge = `SELECT id, length(octets) AS "octets" ${areIdle} ORDER BY id`;
const removeOne = 'DELETE FROM notifications WHERE id = ?';
const removeOldEvents = `
  DELETE FROM notifications WHERE profile_id = ? AND event_key IS NOT NULL AND id <= (
    SELECT id FROM notifications INDEXED BY notifications_events WHERE profile_id = ? AND event_key IS NOT NULL
    ORDER BY id DESC LIMIT 1 OFFSET ${eventsKept})`;

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

/**
 * Records a notification, and removes older notifications beyond the limits. @returns whether the notification was
 * recorded. It is not recorded if another notification has the same key
 */
export function recordNotification(connection: Connection, notification: StoredNotification): boolean {
  const kept = isAboutNothing(connection, notification) ? { ...notification, profileId: null } : notification;
  const isRecorded = connection.prepare(insert).run(...values(notificationColumns, kept)).changes === 1;
  const { key, verified, profileId } = kept;
  if (key === null) removeOldIdle(connection, verified);
  else if (profileId !== null) connection.prepare(removeOldEvents).run(profileId, profileId);
  return isRecorded;
}

/** Whether the profile of the notification was removed, for example by a reset. The notification is still stored. */
const isAboutNothing = (connection: Connection, { profileId }: StoredNotification): boolean =>
  profileId !== null && connection.prepare(existing).get(profileId) === undefined;

interface Measure {
  readonly count: number;
  readonly octets: number;
}

function removeOldIdle(connection: Connection, verified: boolean): void {
  let { count, octets } = connection.prepare<Measure>(measureIdle).get(Number(verified))!;
  const isTooMuch = (): boolean => count > idleKept.count || (octets > idleKept.octets && count > 1);
  if (!isTooMuch()) return;
  const oldest: number[] = [];
  for (const { id, octets: size } of connection
    .prepare<{ id: number; octets: number }>(idleByAge)
    .iterate(Number(verified))) {
    if (!isTooMuch()) break;
    oldest.push(id);
    count -= 1;
    octets -= size;
  }
  for (const id of oldest) connection.prepare(removeOne).run(id);
}
