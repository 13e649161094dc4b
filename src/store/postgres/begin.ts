import type { PoolClient } from 'pg';
import { allOf, sendOn, sendScript } from './queries.js';

/** Milliseconds that one statement of a long task may take: a day. */
export const patientTimeout = 24 * 60 * 60 * 1000;

const markCommit = `
  INSERT INTO commit_marks (connection, number) VALUES ($1, $2)
  ON CONFLICT (connection) DO UPDATE SET number = excluded.number, at = now()`;

/**
 * The table of commit marks is a gate. Every transaction that changes rows sets a mark at its beginning, so it shares the gate with
 * the others until its end. A transaction that empties tables needs the gate for itself. Without the gate, it would lock one table
 * after the other while other transactions use them in another order, and PostgreSQL would end deadlocks after a second each.
 */
const gate = {
  shared: 'LOCK TABLE commit_marks IN ROW EXCLUSIVE MODE',
  alone: 'LOCK TABLE commit_marks IN EXCLUSIVE MODE',
};

/** Passes the gate in a transaction that sets no mark. */
export const passGate = gate.shared;

/** The identity of a connection in `commit_marks`, and the number of its transaction. */
export type Mark = readonly [connection: string, number: number];

export interface TransactionOptions {
  /** Whether statements may take long, for example because they change a million rows. */
  readonly isPatient?: boolean;
  /**
   * How the transaction passes the gate. `alone`: it waits until no other transaction changes rows, and then holds new transactions back.
   * Transactions that empty several tables need this. Default: `shared`. The mark passes the gate, or a lock if `isolation` is set.
   */
  readonly gate?: keyof typeof gate;
  readonly isolation?: 'REPEATABLE READ';
  /** Whether the outcome of the commit can be looked up. Default: true. If false, the transaction must be safe to repeat. */
  readonly isMarked?: boolean;
}

/** Begins a transaction. Sends all statements without waiting for answers, so that they take one round trip. */
export async function begin(
  client: PoolClient,
  mark: Mark,
  { isPatient = false, gate: passing, isMarked = true, isolation }: TransactionOptions,
): Promise<void> {
  const timeout = isPatient ? patientTimeout : undefined;
  // LOCK takes no snapshot for the transaction. The first statement after LOCK takes the snapshot, when the lock is already held.
  const way = passing ?? (isolation === undefined ? undefined : 'shared');
  await allOf([
    client.query(`BEGIN${isolation === undefined ? '' : ` ISOLATION LEVEL ${isolation}`}`),
    isPatient && client.query('SET LOCAL statement_timeout = 0'),
    way !== undefined && sendScript(client, gate[way], timeout),
    isMarked && sendOn(client, markCommit, mark, timeout),
  ]);
}
