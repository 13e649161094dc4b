import { noNamespace } from '../../base/namespace.js';
import { profileStates, type Profile, type ProfileState } from '../records.js';
import type { Store } from '../store.js';
import type { Connection } from './connection.js';
import { patiently } from './patiently.js';
import { imsiOfProfile } from './migrations/4-subscribers.js';
import { notInOpenBatch, profileSelection } from './profile-columns.js';
import type { Queries } from './queries.js';

const select = `SELECT ${profileSelection} FROM profiles`;
// The conditions repeat the conditions of the partial indexes. Otherwise PostgreSQL would not use them.
const byId = `${select} WHERE id = $1 AND ${notInOpenBatch}`;
const byIccid = `${select} WHERE iccid = $1 AND ${notInOpenBatch} ORDER BY id DESC`;
const byMatchingId = `${select} WHERE matching_id = $1 AND matching_id <> '' AND ${notInOpenBatch}`;
const forEid = `${select} WHERE eid = $1 AND matching_id = '' AND ${notInOpenBatch} ORDER BY id`;
const byImsi = `
  ${select} WHERE personal IS NOT NULL AND ${imsiOfProfile} = ANY ($1::text[]) AND ${notInOpenBatch} ORDER BY id`;
/** Orders by all columns of the index. If the statement ordered by id alone, PostgreSQL might search the profiles of all types. */
const available = (operator: string): string => `
  ${select} WHERE profile_type = $1 AND namespace = $2 AND operator ${operator} AND state = 'Available' AND ${notInOpenBatch}
  ORDER BY profile_type, operator, namespace, id LIMIT 1`;
const availableWithoutOperator = available('IS NULL');
const availableOfOperator = available('= $3');
const allCounts = `
  SELECT profile_type, state, count FROM profile_counts UNION ALL SELECT profile_type, state, change FROM profile_count_changes`;
const counts = `SELECT state, sum(count)::bigint AS count FROM (${allCounts}) AS counts GROUP BY state`;
const countsIn = (namespace: string): string => `
  SELECT state, count(*) AS count FROM profiles
  WHERE namespace = $1 ${namespace === noNamespace ? '' : `AND namespace <> '${noNamespace}'`} AND ${notInOpenBatch} GROUP BY state`;
// Profiles in open batches also count as using the type.
const inUse = `
  SELECT 1 FROM (${allCounts}) AS counts WHERE profile_type = $1 GROUP BY state HAVING sum(count) > 0
  UNION ALL SELECT 1 FROM batch_counts WHERE profile_type = $1 LIMIT 1`;

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

interface CountRow {
  readonly state: ProfileState;
  readonly count: number;
}

/** Look-ups of profiles. Only the cost of counts in a namespace depends on the number of profiles. */
export const profileReads = (connection: Connection): Reads => ({
  profile: (id) => connection.first<Profile>(byId, [id]),
  profilesByIccid: (iccid) => connection.all<Profile>(byIccid, [iccid]),
  profileByMatchingId: (matchingId) => connection.first<Profile>(byMatchingId, [matchingId]),
  profilesForEid: (eid) => connection.all<Profile>(forEid, [eid]),
  profilesByImsi: (imsis) => connection.all<Profile>(byImsi, [[...new Set(imsis)]]),
  availableProfile: (profileType, operator, namespace = noNamespace) =>
    operator === null
      ? connection.first<Profile>(availableWithoutOperator, [profileType, namespace])
      : connection.first<Profile>(availableOfOperator, [profileType, namespace, operator]),
  countProfiles: async (namespace) => {
    const total = Object.fromEntries(profileStates.map((state) => [state, 0])) as Record<
      ProfileState,
      number
    >;
    const rows = await (namespace === undefined
      ? connection.all<CountRow>(counts)
      : patiently(connection, (queries) => queries.all<CountRow>(countsIn(namespace), [namespace])));
    for (const { state, count } of rows) total[state] = count;
    return total;
  },
  profileTypeInUse: async (name) => (await connection.first(inUse, [name])) !== undefined,
});

const addUp = `
  WITH noted AS (DELETE FROM profile_count_changes RETURNING profile_type, state, change)
  INSERT INTO profile_counts
  SELECT profile_type, state, sum(change)::bigint AS count FROM noted GROUP BY profile_type, state ORDER BY 1, 2
  ON CONFLICT (profile_type, state) DO UPDATE SET count = profile_counts.count + excluded.count`;

/** Adds the rows of `profile_count_changes` to `profile_counts`. */
export async function addUpCounts(queries: Queries): Promise<void> {
  await queries.run(addUp);
}
