import { pipeline } from 'node:stream/promises';
import copyStreams from 'pg-copy-streams';
import { BatchAbandonedError } from '../batches.js';
import { countByKind } from '../count-by-kind.js';
import { DuplicateError } from '../errors.js';
import { claimedImsis, lostClaims } from '../imsi-claims.js';
import type { ImsiHolder, NewProfile } from '../records.js';
import { beat } from './beat.js';
import { passGate } from './begin.js';
import type { Connection } from './connection.js';
import { duplicate } from './duplicates.js';
import { holdersOfImsis, lockClaims } from './imsi-claims.js';
import { copyOf, tolerantInsertionOf } from './insert-profile.js';
import { sendOn, type CopyClient } from './queries.js';

type Outcomes = readonly (DuplicateError | undefined)[];

const count = `
  INSERT INTO batch_counts SELECT $1::bigint, * FROM unnest($2::text[], $3::text[], $4::bigint[])
  ON CONFLICT (batch, profile_type, state) DO UPDATE SET count = batch_counts.count + excluded.count`;
const reserveIds =
  "SELECT nextval(pg_get_serial_sequence('profiles', 'id')) AS id FROM generate_series(1, $1)";
const takenIccids = `
  SELECT place FROM unnest($1::bigint[], $2::text[], $3::text[]) AS given (place, iccid, namespace)
  WHERE EXISTS (
    SELECT 1 FROM profiles
    WHERE profiles.iccid = given.iccid AND profiles.namespace = given.namespace AND nullif(shared_iccid, true) = false)`;

/** Creates profiles in the batch, in one transaction. @throws BatchAbandonedError */
export const fillBatch = (
  connection: Connection,
  batch: number,
  profiles: readonly NewProfile[],
): Promise<Outcomes> =>
  connection.copying(async (client) => {
    try {
      await client.query(`BEGIN; ${passGate}`);
      const { rowCount } = await sendOn(client, beat, [batch]);
      if (rowCount !== 1) throw new BatchAbandonedError(batch);
      const outcomes = await insertUnclaimed(client, batch, profiles);
      const counts = countByKind(profiles.filter((_, index) => outcomes[index] === undefined));
      await sendOn(client, count, [batch, ...[0, 1, 2].map((at) => counts.map((row) => row[at]))]);
      await client.query('COMMIT');
      return outcomes;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  });

/** Inserts the profiles whose claimed IMSIs are free. */
async function insertUnclaimed(
  client: CopyClient,
  batch: number,
  profiles: readonly NewProfile[],
): Promise<Outcomes> {
  const imsis = claimedImsis(profiles);
  if (imsis.length === 0) return insertAll(client, batch, profiles);
  await sendOn(client, lockClaims, []);
  const { rows } = await sendOn(client, holdersOfImsis, [imsis]);
  const lost = lostClaims(profiles, rows as ImsiHolder[]);
  const free = profiles.filter((_, index) => lost[index] === undefined);
  const outcomes = [...(await insertAll(client, batch, free))];
  return lost.map((reason) => reason ?? outcomes.shift());
}

/** Copies all profiles at once. If an identifier is taken, inserts the other profiles, and finds out which identifiers were taken. */
async function insertAll(
  client: CopyClient,
  batch: number,
  profiles: readonly NewProfile[],
): Promise<Outcomes> {
  if (profiles.length === 0) return [];
  await client.query('SAVEPOINT before_copy');
  try {
    await copy(client, batch, profiles);
    return profiles.map(() => undefined);
  } catch (error) {
    if (!(duplicate(error, profiles) instanceof DuplicateError)) throw error;
    await client.query('ROLLBACK TO before_copy');
    return insertTolerantly(client, batch, profiles);
  }
}

async function copy(client: CopyClient, batch: number, profiles: readonly NewProfile[]): Promise<void> {
  const { sql, rows } = copyOf(profiles, batch);
  await pipeline(rows, client.query(copyStreams.from(sql)));
}

async function insertTolerantly(
  client: CopyClient,
  batch: number,
  profiles: readonly NewProfile[],
): Promise<Outcomes> {
  const reserved = await sendOn(client, reserveIds, [profiles.length]);
  const ids = (reserved.rows as { id: number }[]).map(({ id }) => id);
  const { sql, values } = tolerantInsertionOf(profiles, batch, ids);
  const inserted = new Set(
    ((await sendOn(client, sql, values)).rows as { id: number }[]).map(({ id }) => id),
  );
  const left = [...profiles.entries()].filter(([index]) => !inserted.has(ids[index]!));
  const own = left.filter(([, profile]) => profile.sharedIccid !== true);
  const taken = await sendOn(client, takenIccids, [
    own.map(([index]) => index),
    own.map(([, { iccid }]) => iccid),
    own.map(([, { namespace = '' }]) => namespace),
  ]);
  const byIccid = new Set((taken.rows as { place: number }[]).map(({ place }) => place));
  const reasons = new Map(
    left.map(([index, { iccid, matchingId }]) => [
      index,
      byIccid.has(index)
        ? new DuplicateError('iccid', iccid)
        : new DuplicateError('matchingId', matchingId ?? ''),
    ]),
  );
  return profiles.map((_, index) => reasons.get(index));
}
