import { countByKind } from '../count-by-kind.js';
import { newProfile } from '../new-profile.js';
import type { NewProfile, Profile } from '../records.js';
import { announceCreation } from './creations.js';
import { duplicate } from './duplicates.js';
import { imsisTaken } from './imsi-claims.js';
import { insertionOf } from './insert-profile.js';
import { allOf, type Queries } from './queries.js';

const noteCounts = `
  INSERT INTO profile_count_changes SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])`;

/** Creates the profiles. @throws DuplicateError if an ICCID, a MatchingID or a claimed IMSI is in use */
export async function createProfiles(
  queries: Queries,
  profiles: readonly NewProfile[],
): Promise<readonly Profile[]> {
  if (profiles.length === 0) return [];
  const { sql, values } = insertionOf(profiles);
  const counts = countByKind(profiles);
  const [lost, , ids] = await allOf([
    imsisTaken(queries, profiles),
    queries.first(announceCreation),
    queries.all<{ id: number }>(sql, values).catch((error: unknown) => {
      throw duplicate(error, profiles);
    }),
    queries.run(
      noteCounts,
      [0, 1, 2].map((at) => counts.map((row) => row[at])),
    ),
  ]);
  for (const reason of lost) if (reason) throw reason;
  // Ids follow the order of insertion.
  const ordered = ids.map(({ id }) => id).sort((one, other) => one - other);
  return profiles.map((profile, index) => newProfile(ordered[index]!, profile));
}
