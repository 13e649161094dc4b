import { noNamespace } from '../../base/namespace.js';
import type { OrderKeys, ConflictingProfile } from '../batches.js';
import { conflictColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import { notInOpenBatch } from './profile-columns.js';
import type { Row } from './table.js';

/** Conditions of the conflicts. A MatchingID also conflicts with a MatchingID in another namespace. */
const conditions = {
  eid: 'eid = ? AND matching_id = ? AND namespace = ?',
  matchingId: `matching_id = ? AND matching_id <> ''`,
  iccid: 'iccid = ? AND namespace = ?',
} as const;

type Kind = keyof typeof conditions;

const select = (kind: Kind): string => `
  SELECT ${selection(conflictColumns)} FROM profiles WHERE ${conditions[kind]} AND ${notInOpenBatch} ORDER BY id DESC LIMIT 100`;
const exists = (kind: Kind): string => `SELECT 1 FROM profiles WHERE ${conditions[kind]} LIMIT 1`;

/** For each of the keys, the visible profiles that share one of its values. */
export function conflictingProfiles(
  connection: Connection,
  keys: readonly OrderKeys[],
  namespace = noNamespace,
): readonly (readonly ConflictingProfile[])[] {
  const find = {
    eid: finder(connection, 'eid'),
    matchingId: finder(connection, 'matchingId'),
    iccid: finder(connection, 'iccid'),
  };
  return keys.map(({ eid, matchingId, iccid }) => {
    const forEid = find.eid(eid, matchingId, namespace);
    if (matchingId === '' && iccid === undefined) return forEid;
    const others = [
      ...(matchingId === '' ? none : find.matchingId(matchingId)),
      ...(iccid === undefined ? none : find.iccid(iccid, namespace)),
    ];
    return distinct([...forEid, ...others]);
  });
}

/**
 * Makes the function that finds conflicts. It first tests whether any row exists, because conflicts are rare in an
 * import.
 */
function finder(connection: Connection, kind: Kind): (...key: string[]) => readonly ConflictingProfile[] {
  const any = connection.prepare(exists(kind)).pluck();
  const profiles = connection.prepare<Row<ConflictingProfile, 'sharedIccid'>>(select(kind));
  return (...key) =>
    any.get(...key) === undefined
      ? none
      : profiles.all(...key).map((row) => ({ ...row, sharedIccid: row.sharedIccid === 1 }));
}

const none: readonly ConflictingProfile[] = [];

const distinct = (profiles: readonly ConflictingProfile[]): readonly ConflictingProfile[] => [
  ...new Map(profiles.map((profile) => [profile.id, profile])).values(),
];
