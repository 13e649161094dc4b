import type { ClientBase } from 'pg';
import { lockOfTasks } from '../migrate.js';

interface Registration {
  /** The process of PostgreSQL that serves the listening connection. */
  readonly backend: number;
  readonly number: number;
  /** Whether no other instance is running. */
  readonly isFirst: boolean;
}

/** Removes the fault rules, settings and journal of earlier instances. Runs when an instance starts and no other instance is running. */
const afresh = `
  TRUNCATE fault_rules, fault_positions, fault_scenarios, tester_settings, journal RESTART IDENTITY;
  SELECT setval('journal_ids', 1, false);
  UPDATE journal_slot SET slot = 0, first_id = 1`;
/** Ends the leases of instances that were killed. */
const endLeases = ['callbacks', 'registrations', 'deliveries']
  .map(
    (table) =>
      `UPDATE ${table} SET leased_until = NULL WHERE next_attempt_at IS NOT NULL AND leased_until IS NOT NULL`,
  )
  .join(';\n');
const add = `
  INSERT INTO instances (backend, started, number, seen)
  SELECT pid, backend_start, $1, 0 FROM pg_stat_activity WHERE pid = pg_backend_pid()
  ON CONFLICT (backend) DO UPDATE SET started = excluded.started, number = excluded.number, seen = 0
  RETURNING backend`;

/**
 * Registers the instance that listens on `client`, and forgets instances that no longer run.
 *
 * @param isRunning SQL condition on the table `instances` @param kept the number that the instance has already
 */
export async function register(
  client: ClientBase,
  isRunning: string,
  kept: number | undefined,
): Promise<Registration> {
  await client.query('BEGIN');
  await client.query(`SELECT pg_advisory_xact_lock(${lockOfTasks}, 3)`);
  await client.query(`DELETE FROM instances WHERE NOT ${isRunning}`);
  const { rows: others } = await client.query<{ number: number }>('SELECT number FROM instances');
  const isFirst = others.length === 0;
  if (isFirst && kept === undefined) await client.query(`${afresh};\n${endLeases}`);
  const taken = new Set(others.map((other) => other.number));
  let number = kept ?? 0;
  while (kept === undefined && taken.has(number)) number++;
  const { rows } = await client.query<{ backend: number }>(add, [number]);
  await client.query('COMMIT');
  return { backend: rows[0]!.backend, number, isFirst };
}
