import type { OrderKeys } from '../batches.js';
import type { Profile } from '../records.js';
import type { Connection } from './connection.js';
import { inSight, profileSelection, toProfile, type ProfileRow } from './profile-columns.js';

const select = (condition: string): string =>
  `SELECT ${profileSelection} FROM profiles WHERE ${condition} AND ${inSight} ORDER BY id DESC LIMIT 100`;
const byEid = select('eid = ? AND matching_id = ?');
const byMatchingId = select(`matching_id = ? AND matching_id <> ''`);
const byIccid = select('iccid = ?');

/** For each of the keys the profiles in sight that share one of them. */
export function inTheWay(
  connection: Connection,
  keys: readonly OrderKeys[],
): readonly (readonly Profile[])[] {
  const forEid = connection.prepare<ProfileRow>(byEid);
  const forMatchingId = connection.prepare<ProfileRow>(byMatchingId);
  const forIccid = connection.prepare<ProfileRow>(byIccid);
  return keys.map(({ eid, matchingId, iccid }) => {
    const rows = forEid.all(eid, matchingId);
    if (matchingId !== '') rows.push(...forMatchingId.all(matchingId));
    if (iccid !== undefined) rows.push(...forIccid.all(iccid));
    return rows.length === 0 ? none : distinct(rows).map(toProfile);
  });
}

const none: readonly Profile[] = [];

const distinct = (rows: readonly ProfileRow[]): ProfileRow[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
];
