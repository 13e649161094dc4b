import { noNamespace } from '../../base/namespace.js';
import { profileStates, type Profile, type ProfileState } from '../records.js';
import type { Store } from '../store.js';
import type { Connection } from './connection.js';
import { imsiOfProfile } from './migrations/13-subscribers.js';
import { notInOpenBatch, profileSelection, toProfile, type ProfileRow } from './profile-columns.js';

const select = `SELECT ${profileSelection} FROM profiles`;
// The conditions repeat the conditions of the partial indexes. Otherwise SQLite would not use them.
const byId = `${select} WHERE id = ? AND ${notInOpenBatch}`;
const byIccid = `${select} WHERE iccid = ? AND ${notInOpenBatch} ORDER BY id DESC`;
const byMatchingId = `${select} WHERE matching_id = ? AND matching_id <> '' AND ${notInOpenBatch}`;
const forEid = `${select} WHERE eid = ? AND matching_id = '' AND ${notInOpenBatch} ORDER BY id`;
const byImsi = `
  ${select} INDEXED BY profiles_imsi
  WHERE personal IS NOT NULL AND ${imsiOfProfile} IN (SELECT value FROM json_each(?)) AND ${notInOpenBatch}
  ORDER BY id`;
const available = `${select} WHERE profile_type = ? AND operator IS ? AND namespace = ? AND state = 'Available' AND ${notInOpenBatch} ORDER BY id LIMIT 1`;
const counts = 'SELECT state, sum(count) AS count FROM profile_counts GROUP BY state';
const countsIn = (namespace: string): string =>
  `SELECT state, count(*) AS count FROM profiles ${
    namespace === noNamespace ? 'NOT INDEXED WHERE' : `WHERE namespace <> '${noNamespace}' AND`
  } namespace = ? AND ${notInOpenBatch} GROUP BY state`;
// Profiles in open batches also count as using the type.
const inUse = `
  SELECT 1 FROM profile_counts WHERE profile_type = ? AND count > 0
  UNION ALL SELECT 1 FROM batch_counts WHERE profile_type = ? LIMIT 1`;

type Reads = Pick<
  Store,
  | 'profile'
  | 'profilesByIccid'
  | 'profileByMatchingId'
  | 'profilesForEid'
  | 'profilesByImsi'
  | 'availableProfile'
  | 'countProfiles'
  | 'profileTypeInUse'
>;

/** Look-ups of profiles. Only the cost of counts in a namespace depends on the number of profiles. */
export function profileReads(connection: Connection): Reads {
  const one = (sql: string, ...key: unknown[]): Promise<Profile | undefined> =>
    connection.attempt(() => {
      const row = connection.prepare<ProfileRow>(sql).get(...key);
      return row && toProfile(row);
    });
  const all = (sql: string, ...key: unknown[]): Promise<readonly Profile[]> =>
    connection.attempt(() =>
      connection
        .prepare<ProfileRow>(sql)
        .all(...key)
        .map(toProfile),
    );

  return {
    profile: (id) => one(byId, id),
    profilesByIccid: (iccid) => all(byIccid, iccid),
    profileByMatchingId: (matchingId) => one(byMatchingId, matchingId),
    profilesForEid: (eid) => all(forEid, eid),
    profilesByImsi: (imsis) => all(byImsi, JSON.stringify(imsis)),
    availableProfile: (profileType, operator, namespace = noNamespace) =>
      one(available, profileType, operator, namespace),
    countProfiles: (namespace) =>
      connection.attempt(() => {
        const total = Object.fromEntries(profileStates.map((state) => [state, 0])) as Record<
          ProfileState,
          number
        >;
        const [sql, given] = namespace === undefined ? [counts, []] : [countsIn(namespace), [namespace]];
        for (const row of connection.prepare<{ state: ProfileState; count: number }>(sql).all(...given))
          total[row.state] = row.count;
        return total;
      }),
    profileTypeInUse: (name) =>
      connection.attempt(() => connection.prepare(inUse).get(name, name) !== undefined),
  };
}
