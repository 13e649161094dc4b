import { newProfile } from '../new-profile.js';
import type { NewProfile, Profile } from '../records.js';
import type { Connection } from './connection.js';
import { countByKind } from '../count-by-kind.js';
import { duplicate } from './duplicates.js';
import { imsisTaken } from './imsi-claims.js';
import { profileInsertion } from './insert-profile.js';

const addToCount = `
  INSERT INTO profile_counts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count`;

/**
 * Creates the profiles in one transaction.
 *
 * @throws DuplicateError, and creates no profile, if an ICCID, a MatchingID or a claimed IMSI is in use
 */
export function createProfiles(connection: Connection, profiles: readonly NewProfile[]): readonly Profile[] {
  return connection.transaction(() => {
    for (const lost of imsisTaken(connection, profiles)) if (lost) throw lost;
    const insert = profileInsertion(connection, profiles);
    const made = profiles.map((profile) => {
      try {
        return newProfile(insert(profile), profile);
      } catch (error) {
        throw duplicate(error, profile.iccid, profile.matchingId);
      }
    });
    const add = connection.prepare(addToCount);
    for (const count of countByKind(made)) add.run(...count);
    return made;
  });
}
