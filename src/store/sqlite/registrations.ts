import type {
  NewRegistration,
  Registration,
  RegistrationChanges,
  RegistrationName,
  Registrations,
} from '../registrations.js';
import { changeableRegistrationColumns, registrationColumns, selection } from '../columns.js';
import { atOnce } from '../limits.js';
import type { Connection } from './connection.js';
import { dueAt, isDue } from './due.js';
import { assignments } from './table.js';

const select = `SELECT ${selection(registrationColumns)} FROM registrations`;
const byName = `${select} WHERE smds_address = ? AND event_id = ?`;
const isFree = `(leased_until IS NULL OR ${isDue('leased_until')})`;
const due = `
  ${select} INDEXED BY registrations_due
  WHERE smds_address = ? AND ${isDue('next_attempt_at')} AND ${isFree} ORDER BY next_attempt_at, id LIMIT ?`;
const toCall = `
  SELECT DISTINCT smds_address AS "smdsAddress" FROM registrations INDEXED BY registrations_due
  WHERE next_attempt_at IS NOT NULL`;
// The lease marks the EID as known to the SM-DS. A process that is killed during its lease may have called the SM-DS
// already.
const lease = `
  UPDATE registrations SET leased_until = ?, known_eid = coalesce(known_eid, eid) WHERE id = ? AND version = ? AND ${isFree}`;
const begin = `
  INSERT INTO registrations (smds_address, event_id, eid, expires_at, state, next_attempt_at)
  VALUES (?, ?, ?, ?, 'deleting', ${atOnce}) ON CONFLICT DO NOTHING`;
const endLease = 'UPDATE registrations SET leased_until = NULL WHERE id = ? AND leased_until = ?';
const isUnchanged = 'WHERE id = ? AND version = ? AND leased_until = ?';
const remove = `DELETE FROM registrations ${isUnchanged}`;
const isThere = "state = 'registered' AND eid = excluded.eid";
const queue = `
  INSERT INTO registrations (smds_address, event_id, eid, expires_at, state, next_attempt_at)
  VALUES (?, ?, ?, ?, 'pending', ${atOnce})
  ON CONFLICT (smds_address, event_id) DO UPDATE SET
    version = version + 1, eid = excluded.eid, expires_at = excluded.expires_at, attempts = 0, last_error = NULL,
    state = iif(${isThere}, state, 'pending'), next_attempt_at = iif(${isThere}, NULL, ${atOnce})`;
const note = `
  INSERT INTO registrations (smds_address, event_id, eid, expires_at, known_eid, state)
  VALUES (?, ?, ?, ?, ?, 'registered')
  ON CONFLICT (smds_address, event_id) DO UPDATE SET
    version = version + 1, eid = excluded.eid, expires_at = excluded.expires_at, attempts = 0, last_error = NULL,
    state = 'registered', known_eid = excluded.eid, next_attempt_at = NULL`;
const forget = 'DELETE FROM registrations WHERE smds_address = ? AND event_id = ? AND known_eid IS NULL';
const queueForDeletion = `
  UPDATE registrations
  SET version = version + 1, state = 'deleting', attempts = 0, last_error = NULL, next_attempt_at = ${atOnce}
  WHERE smds_address = ? AND event_id = ? AND state <> 'deleting'`;
const expired = `${select} WHERE expires_at <= ? AND state <> 'deleting'`;

const valuesOf = ({ smdsAddress, eventId, eid, expiresAt }: NewRegistration) =>
  [smdsAddress, eventId, eid, expiresAt] as const;

const endAllLeases = `
  UPDATE registrations SET leased_until = NULL WHERE next_attempt_at IS NOT NULL AND leased_until IS NOT NULL`;

/** Ends all leases, because the processes that held them may have ended. */
export function endRegistrationLeases(connection: Connection): void {
  connection.prepare(endAllLeases).run();
}

/** Queues the registration of the event, unless it is registered. */
export function queueRegistration(connection: Connection, event: NewRegistration): void {
  connection.prepare(queue).run(...valuesOf(event));
}

/** Records that the SM-DS has registered the event. */
export function noteRegistered(connection: Connection, event: NewRegistration): void {
  connection.prepare(note).run(...valuesOf(event), event.eid);
}

/** Queues the deletion of the event, if the SM-DS may know it. */
export function queueDeletion(connection: Connection, { smdsAddress, eventId }: RegistrationName): void {
  connection.prepare(forget).run(smdsAddress, eventId);
  connection.prepare(queueForDeletion).run(smdsAddress, eventId);
}

export const registrations = (connection: Connection): Registrations => ({
  registration: ({ smdsAddress, eventId }) =>
    connection.attempt(() => connection.prepare<Registration>(byName).get(smdsAddress, eventId)),
  smdsAddressesToCall: () =>
    connection.attempt(() =>
      connection
        .prepare<RegistrationName>(toCall)
        .all()
        .map(({ smdsAddress }) => smdsAddress),
    ),
  leaseRegistrations: (smdsAddress, now, until, limit) =>
    connection.attempt(() => {
      // This check takes no lock. Usually it finds nothing due.
      const candidates = connection
        .prepare<Registration>(due)
        .all(smdsAddress, ...dueAt(now), ...dueAt(now), limit);
      if (candidates.length === 0) return [];
      return connection.transaction(() => candidates.flatMap((row) => take(connection, row, now, until)));
    }),
  leaseRegistration: (event, now, until) =>
    connection.attempt(() =>
      connection.transaction(() => {
        const isNew = connection.prepare(begin).run(...valuesOf(event)).changes === 1;
        const row = connection.prepare<Registration>(byName).get(event.smdsAddress, event.eventId)!;
        const [registration] = take(connection, row, now, until);
        return registration && { registration, isNew };
      }),
    ),
  settleRegistration: ({ id, version, leasedUntil }, become) =>
    connection.attempt(() =>
      connection.transaction(() => {
        settle(connection, [id, version, leasedUntil], become);
        connection.prepare(endLease).run(id, leasedUntil);
      }),
    ),
  expireRegistrations: (now) =>
    connection.attempt(() => {
      if (connection.prepare<Registration>(expired).get(now) === undefined) return 0;
      return connection.transaction(() => {
        const over = connection.prepare<Registration>(expired).all(now);
        for (const name of over) queueDeletion(connection, name);
        return over.length;
      });
    }),
});

/** Leases the row. @returns the row with the lease and its earlier `knownEid`, or an empty list if another process was faster */
function take(connection: Connection, row: Registration, now: number, until: number): Registration[] {
  if (connection.prepare(lease).run(until, row.id, row.version, ...dueAt(now)).changes !== 1) return [];
  return [{ ...row, leasedUntil: until }];
}

function settle(connection: Connection, key: readonly unknown[], become: RegistrationChanges | 'gone'): void {
  if (become === 'gone') {
    connection.prepare(remove).run(...key);
    return;
  }
  const { sql, values } = assignments(changeableRegistrationColumns, become);
  if (sql.length === 0) return;
  connection.prepare(`UPDATE registrations SET ${sql.join(', ')} ${isUnchanged}`).run(...values, ...key);
}
