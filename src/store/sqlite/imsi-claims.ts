import type { DuplicateError } from '../errors.js';
import { claimedImsis, lostClaims } from '../imsi-claims.js';
import type { ImsiHolder, NewProfile } from '../records.js';
import type { Connection } from './connection.js';
import { imsiOfProfile } from './migrations/13-subscribers.js';

/** Includes the profiles of a running import. Leaves out the profiles of an abandoned import, because the server removes them. */
const holders = `
  SELECT ${imsiOfProfile} AS imsi, namespace, eid, state, installed_state AS "installedState"
  FROM profiles INDEXED BY profiles_imsi
  WHERE personal IS NOT NULL AND ${imsiOfProfile} IN (SELECT value FROM json_each(?))
    AND (batch IS NULL OR batch NOT IN (SELECT id FROM open_batches WHERE abandoned = 1))`;

/**
 * For each profile, an error if another profile has the IMSI that this profile claims, otherwise `undefined`. The caller must create the
 * profiles in the same transaction.
 */
export function imsisTaken(
  connection: Connection,
  profiles: readonly NewProfile[],
): readonly (DuplicateError | undefined)[] {
  const imsis = claimedImsis(profiles);
  if (imsis.length === 0) return [];
  return lostClaims(profiles, connection.prepare<ImsiHolder>(holders).all(JSON.stringify(imsis)));
}
