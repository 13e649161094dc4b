import type { StoredNotification } from '../records.js';
import type { Store } from '../store.js';
import { notificationColumns, selection } from '../columns.js';
import { eventsKept, idleKept } from '../limits.js';
import type { Connection } from './connection.js';
import { allOf, type Queries } from './queries.js';
import { values } from './table.js';

const names = Object.values<string>(notificationColumns);
/**
 * If the profile was removed, for example by a reset, the notification is stored without a profile. The lock prevents the
 * removal of the profile until the commit.
 */
const placeholder = (name: string, index: number): string =>
  name === 'profile_id'
    ? `(SELECT id FROM profiles WHERE id = $${index + 1} FOR KEY SHARE)`
    : `$${index + 1}`;
const insert = `
  INSERT INTO notifications (${names.join(', ')}) VALUES (${names.map(placeholder).join(', ')})
  ON CONFLICT (event_key) WHERE event_key IS NOT NULL DO NOTHING`;
const select = `SELECT ${selection(notificationColumns)} FROM notifications WHERE profile_id = $1 ORDER BY id`;
const selectKey = 'SELECT 1 FROM notifications WHERE event_key = $1';
const removeOldIdle = `
  DELETE FROM notifications WHERE id IN (
    SELECT id FROM (
      SELECT id, row_number() OVER newest AS rank, sum(length(octets)) OVER newest AS octets
      FROM notifications WHERE event_key IS NULL AND verified = $1 WINDOW newest AS (ORDER BY id DESC)
    ) AS idle
    WHERE rank > ${idleKept.count} OR (octets > ${idleKept.octets} AND rank > 1))`;
const removeOldEvents = `
  DELETE FROM notifications WHERE profile_id = $1 AND event_key IS NOT NULL AND id <= (
    SELECT id FROM notifications WHERE profile_id = $1 AND event_key IS NOT NULL
    ORDER BY id DESC LIMIT 1 OFFSET ${eventsKept})`;

export const notificationReads = (
  connection: Connection,
): Pick<Store, 'notifications' | 'hasNotification'> => ({
  hasNotification: async (key) => (await connection.first(selectKey, [key])) !== undefined,
  notifications: (profileId) => connection.all<StoredNotification>(select, [profileId]),
});

/**
 * Records a notification and removes older notifications beyond the limits.
 *
 * @returns whether the notification was recorded. It is not recorded if its key exists already
 */
export async function recordNotification(
  queries: Queries,
  notification: StoredNotification,
): Promise<boolean> {
  const { key, verified, profileId } = notification;
  const [recorded] = await allOf([
    queries.run(insert, values(notificationColumns, notification)),
    key === null && queries.run(removeOldIdle, [verified]),
    key !== null && profileId !== null && queries.run(removeOldEvents, [profileId]),
  ]);
  return recorded === 1;
}
