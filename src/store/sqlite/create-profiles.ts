import { newProfile } from '../new-profile.js';
import type { NewProfile, Profile } from '../records.js';
import type { Connection } from './connection.js';
import { countByKind } from '../count-by-kind.js';
import { duplicate } from './duplicates.js';
import { profileInsertion } from './insert-profile.js';

const addToCount = `
  INSERT INTO profile_counts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count`;

/**
 * Creates the profiles in one transaction.
 *
 * @throws DuplicateError, and creates no profile, if an ICCID or MatchingID is in use
 */
export function createProfiles(connection: Connection, profiles: readonly NewProfile[]): readonly Profile[] {
  return connection.transaction(() => {
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
