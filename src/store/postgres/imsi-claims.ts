import type { DuplicateError } from '../errors.js';
import { claimedImsis, lostClaims } from '../imsi-claims.js';
import type { ImsiHolder, NewProfile } from '../records.js';
import { lockOfTasks } from './migrate.js';
import { imsiOfProfile } from './migrations/4-subscribers.js';
import { allOf, type Queries } from './queries.js';

/**
 * Transactions that claim IMSIs wait for each other until they commit. So each transaction sees the IMSIs that earlier
 * transactions claimed.
 */
export const lockClaims = `SELECT pg_advisory_xact_lock(${lockOfTasks}, 7)`;

/** Includes the profiles of a running import. Leaves out the profiles of an abandoned import, because the server removes them. */
export const holdersOfImsis = `
  SELECT ${imsiOfProfile} AS imsi, namespace, eid, state, installed_state AS "installedState" FROM profiles
  WHERE personal IS NOT NULL AND ${imsiOfProfile} = ANY ($1::text[])
    AND (batch IS NULL OR batch NOT IN (SELECT id FROM open_batches WHERE abandoned))`;

/**
 * For each profile, an error if another profile has the IMSI that this profile claims, otherwise `undefined`. The caller must create the
 * profiles in the same transaction. Sends all statements before it waits for an answer.
 */
export async function imsisTaken(
  queries: Queries,
  profiles: readonly NewProfile[],
): Promise<readonly (DuplicateError | undefined)[]> {
  const imsis = claimedImsis(profiles);
  if (imsis.length === 0) return [];
  // The look-up must be a separate statement after the lock, because a statement does not see commits that follow its beginning.
  const [, found] = await allOf([queries.run(lockClaims), queries.all<ImsiHolder>(holdersOfImsis, [imsis])]);
  return lostClaims(profiles, found);
}
