import { noNamespace } from '../../base/namespace.js';
import type { OrderKeys, ConflictingProfile } from '../batches.js';
import { conflictColumns, selection } from '../columns.js';
import type { Connection } from './connection.js';
import { notInOpenBatch } from './profile-columns.js';

/** MatchingIDs conflict across namespaces. */
const conditions = {
  eid: 'profiles.eid = given.eid AND profiles.matching_id = given.matching_id AND namespace = $5',
  matchingId: `profiles.matching_id = given.matching_id AND profiles.matching_id <> '' AND given.matching_id <> ''`,
  iccid: 'profiles.iccid = given.iccid AND namespace = $5',
} as const;
const names = Object.values<string>(conflictColumns).join(', ');

/** Forces one index look-up per key, whatever PostgreSQL's statistics of the table say. */
const found = (condition: string): string => `
  SELECT given.place, conflict.* FROM given CROSS JOIN LATERAL (
    SELECT ${names} FROM profiles WHERE ${condition} AND ${notInOpenBatch} ORDER BY profiles.id DESC LIMIT 100
  ) AS conflict`;
const select = `
  WITH given AS (
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) AS given (place, eid, matching_id, iccid)
  )
  SELECT place, ${selection(conflictColumns)} FROM (${Object.values(conditions).map(found).join(' UNION ALL ')}) AS found`;

type Row = ConflictingProfile & { readonly place: number };

/** Finds, for each key, the visible profiles that share one of its values. */
export async function conflictingProfiles(
  connection: Connection,
  keys: readonly OrderKeys[],
  namespace = noNamespace,
): Promise<readonly (readonly ConflictingProfile[])[]> {
  if (keys.length === 0) return [];
  const rows = await connection.all<Row>(select, [
    keys.map((_, place) => place),
    keys.map(({ eid }) => eid),
    keys.map(({ matchingId }) => matchingId),
    keys.map(({ iccid }) => iccid ?? null),
    namespace,
  ]);
  const conflicts = keys.map(() => new Map<number, ConflictingProfile>());
  for (const { place, ...profile } of rows) conflicts[place]?.set(profile.id, profile);
  return conflicts.map((profiles) => [...profiles.values()]);
}
