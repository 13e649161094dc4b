import type { NewRegistration, Registration, RegistrationName, Registrations } from '../registrations.js';
import { changeableRegistrationColumns, registrationColumns, selection } from '../columns.js';
import { atOnce } from '../limits.js';
import type { Connection } from './connection.js';
import { dueAt, isDue } from './due.js';
import { allOf, type Queries } from './queries.js';
import { assignments } from './table.js';

const columns = selection(registrationColumns);
const byName = `SELECT ${columns} FROM registrations WHERE smds_address = $1 AND event_id = $2`;
const isFree = (first: number): string => `(leased_until IS NULL OR ${isDue('leased_until', first)})`;
const toCall = `
  SELECT DISTINCT smds_address AS "smdsAddress" FROM registrations WHERE next_attempt_at IS NOT NULL ORDER BY 1`;
/**
 * Selects the rows with the SQL `due`, leases them until the time $1, and returns their values from before the lease. The lease marks the
 * EID as known, because a process that is killed during its lease may have called the SM-DS.
 */
const leased = (due: string): string => `
  WITH due AS (${due}), leased AS (
    UPDATE registrations SET leased_until = $1, known_eid = coalesce(registrations.known_eid, registrations.eid)
    FROM due WHERE registrations.id = due.id
  )
  SELECT ${columns} FROM due ORDER BY next_attempt_at, id`;
const leaseDue = leased(`
  SELECT * FROM registrations WHERE smds_address = $2 AND ${isDue('next_attempt_at', 3)} AND ${isFree(3)}
  ORDER BY next_attempt_at, id LIMIT $5 FOR UPDATE SKIP LOCKED`);
const leaseOne = leased(`
  SELECT * FROM registrations WHERE smds_address = $2 AND event_id = $5 AND ${isFree(3)} FOR UPDATE`);
const begin = `
  INSERT INTO registrations (smds_address, event_id, eid, expires_at, state, next_attempt_at)
  VALUES ($1, $2, $3, $4, 'deleting', ${atOnce}) ON CONFLICT (smds_address, event_id) DO NOTHING`;
const endLease = 'UPDATE registrations SET leased_until = NULL WHERE id = $1 AND leased_until = $2';
const isUnchanged = 'WHERE id = $1 AND version = $2 AND leased_until = $3';
const remove = `DELETE FROM registrations ${isUnchanged}`;
const isThere = "registrations.state = 'registered' AND registrations.eid = excluded.eid";
const queue = `
  INSERT INTO registrations (smds_address, event_id, eid, expires_at, state, next_attempt_at)
  VALUES ($1, $2, $3, $4, 'pending', ${atOnce})
  ON CONFLICT (smds_address, event_id) DO UPDATE SET
    version = registrations.version + 1, eid = excluded.eid, expires_at = excluded.expires_at, attempts = 0, last_error = NULL,
    state = CASE WHEN ${isThere} THEN registrations.state ELSE 'pending' END,
    next_attempt_at = CASE WHEN ${isThere} THEN NULL ELSE ${atOnce} END`;
const note = `
  INSERT INTO registrations (smds_address, event_id, eid, expires_at, known_eid, state)
  VALUES ($1, $2, $3, $4, $5, 'registered')
  ON CONFLICT (smds_address, event_id) DO UPDATE SET
    version = registrations.version + 1, eid = excluded.eid, expires_at = excluded.expires_at, attempts = 0, last_error = NULL,
    state = 'registered', known_eid = excluded.eid, next_attempt_at = NULL`;
const isUnknown = 'known_eid IS NULL';
const forget = `DELETE FROM registrations WHERE smds_address = $1 AND event_id = $2 AND ${isUnknown}`;
const queueForDeletion = `
  UPDATE registrations
  SET version = version + 1, state = 'deleting', attempts = 0, last_error = NULL, next_attempt_at = ${atOnce}`;
const queueOneForDeletion = `${queueForDeletion} WHERE smds_address = $1 AND event_id = $2 AND state <> 'deleting'`;
const hasExpired = "expires_at <= $1 AND state <> 'deleting'";
const forgetExpired = `DELETE FROM registrations WHERE ${hasExpired} AND ${isUnknown}`;
const queueExpired = `${queueForDeletion} WHERE ${hasExpired}`;

const valuesOf = ({ smdsAddress, eventId, eid, expiresAt }: NewRegistration) =>
  [smdsAddress, eventId, eid, expiresAt] as const;

/** Queues the registration of the event, unless it is registered. */
export async function queueRegistration(queries: Queries, event: NewRegistration): Promise<void> {
  await queries.run(queue, valuesOf(event));
}

/** Records that the SM-DS has registered the event. */
export async function noteRegistered(queries: Queries, event: NewRegistration): Promise<void> {
  await queries.run(note, [...valuesOf(event), event.eid]);
}

/** Queues the deletion of the event, if the SM-DS may know it. */
export async function queueDeletion(
  queries: Queries,
  { smdsAddress, eventId }: RegistrationName,
): Promise<void> {
  const name = [smdsAddress, eventId];
  await allOf([queries.run(forget, name), queries.run(queueOneForDeletion, name)]);
}

export const registrations = (connection: Connection): Registrations => ({
  registration: ({ smdsAddress, eventId }) => connection.first<Registration>(byName, [smdsAddress, eventId]),
  smdsAddressesToCall: async () =>
    (await connection.all<RegistrationName>(toCall)).map(({ smdsAddress }) => smdsAddress),
  leaseRegistrations: async (smdsAddress, now, until, limit) => {
    const due = await connection.all<Registration>(leaseDue, [until, smdsAddress, ...dueAt(now), limit]);
    return due.map((registration) => ({ ...registration, leasedUntil: until }));
  },
  leaseRegistration: (event, now, until) =>
    connection.transaction(async (queries) => {
      const [begun, registration] = await allOf([
        queries.run(begin, valuesOf(event)),
        queries.first<Registration>(leaseOne, [until, event.smdsAddress, ...dueAt(now), event.eventId]),
      ]);
      return registration && { registration: { ...registration, leasedUntil: until }, isNew: begun === 1 };
    }),
  settleRegistration: ({ id, version, leasedUntil }, become) =>
    connection.transaction(async (queries) => {
      const key = [id, version, leasedUntil];
      const { sql, values } =
        become === 'gone'
          ? { sql: [], values: [] }
          : assignments(changeableRegistrationColumns, become, 1 + key.length);
      await allOf([
        become === 'gone' && queries.run(remove, key),
        sql.length > 0 &&
          queries.run(`UPDATE registrations SET ${sql.join(', ')} ${isUnchanged}`, [...key, ...values]),
        queries.run(endLease, [id, leasedUntil]),
      ]);
    }),
  expireRegistrations: (now) =>
    connection.transaction(async (queries) => {
      const [forgotten, queued] = await allOf([
        queries.run(forgetExpired, [now]),
        queries.run(queueExpired, [now]),
      ]);
      return forgotten + queued;
    }),
});
