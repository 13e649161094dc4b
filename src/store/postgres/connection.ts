import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { StoreError } from '../errors.js';
import { begin, patientTimeout, type Mark, type TransactionOptions } from './begin.js';
import { poolSettingsOf, settingsOf } from './client-settings.js';
import { explain, isConnectionLost, isRolledBackForOthers } from './explain.js';
import type { Place } from './place.js';
import {
  allOf,
  queriesBy,
  sendOn,
  sendScript,
  type CopyClient,
  type Queries,
  type Send,
  type TransactionQueries,
} from './queries.js';

/** How many times to try a transaction that PostgreSQL rolls back because of other transactions. */
const rounds = 5;
/** Milliseconds to keep asking for the outcome of a commit. */
const outcomePatience = 15_000;

/** Waits for the transaction that is setting the mark, if it still runs. */
const readMark = `
  INSERT INTO commit_marks (connection, number) VALUES ($1, 0)
  ON CONFLICT (connection) DO UPDATE SET at = now() RETURNING number`;
const isReadOnly = `SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS "isReadOnly"`;

/** The connection broke during COMMIT, and the commit did not take place. */
class RolledBack extends Error {}

/** The connection broke during COMMIT, and the store could not find out whether the commit took place. */
class UnknownOutcome extends StoreError {}

/** A pool of connections, used by all parts of the store. */
export class Connection implements Queries {
  readonly #pool: pg.Pool;
  readonly #copyPool: pg.Pool;
  readonly #anyClient = queriesBy((sql, values) => this.#sendOnce(sql, values));
  readonly #marks = new WeakMap<pg.PoolClient, Mark>();
  #isClosed = false;
  #hasFailed = false;

  private constructor(readonly place: Place) {
    this.#pool = new pg.Pool({ ...poolSettingsOf(place, place.connections), pipeline: true });
    this.#copyPool = new pg.Pool(poolSettingsOf(place, 1));
    // Statements on a broken connection fail. The pool opens a new connection when one is needed.
    for (const pool of [this.#pool, this.#copyPool])
      pool.on('error', ignore).on('connect', (client) => client.on('error', ignore));
  }

  static open(place: Place): Connection {
    return new Connection(place);
  }

  /** A connection apart from the pool, which the caller must connect and end. */
  lone(): pg.Client {
    return new pg.Client(settingsOf(this.place)).on('error', ignore);
  }

  /** Runs `work` with a connection for COPY. COPY cannot share a connection with statements that are sent without waiting. */
  async copying<T>(work: (client: CopyClient) => Promise<T>): Promise<T> {
    const client = await this.#copyPool.connect();
    let failure: unknown;
    try {
      return await work(client);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      client.release(isConnectionLost(failure));
    }
  }

  all<Row extends object>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    return this.attempt(() => this.#anyClient.all<Row>(sql, values));
  }

  first<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row | undefined> {
    return this.attempt(() => this.#anyClient.first<Row>(sql, values));
  }

  run(sql: string, values?: readonly unknown[]): Promise<number> {
    return this.attempt(() => this.#anyClient.run(sql, values));
  }

  /**
   * Runs one statement in a transaction. If the connection breaks, the outcome of the transaction is looked up. {@link run} would send the
   * statement again, and might report that the second attempt changed nothing.
   */
  change(sql: string, values?: readonly unknown[]): Promise<number> {
    return this.transaction((queries) => queries.run(sql, values));
  }

  /** Runs `work`, and converts errors of the engine to {@link StoreError}. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (this.#isClosed) throw this.#closed();
      return await work();
    } catch (error) {
      const explained = explain(error, this.place.name);
      this.#hasFailed ||= explained instanceof StoreError && explained.failure !== 'locked';
      throw explained;
    }
  }

  /**
   * Runs `work` in one transaction and rolls back if it throws. Runs `work` again if PostgreSQL rolled the transaction back because of
   * other transactions, or if the connection broke before the commit. If the connection breaks during the commit, looks up whether the
   * commit took place.
   */
  async transaction<T>(
    work: (queries: TransactionQueries) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    for (let round = 1; ; round++) {
      try {
        return await this.attempt(() => this.#transact(work, options));
      } catch (error) {
        if (round === rounds || !isWorthRepeating(error)) throw error;
        await setTimeout(10 * round);
      }
    }
  }

  /** Checks that the database answers and can be written. @throws StoreError */
  async probe(): Promise<void> {
    await this.attempt(async () => {
      const found = await this.#anyClient.first<{ isReadOnly: boolean }>(isReadOnly);
      if (found?.isReadOnly === true)
        throw new StoreError(
          'read-only',
          `The database ${this.place.name} is read-only; connect to the primary`,
        );
      await this.#anyClient.first('SELECT max(id) FROM profiles');
    });
    if (!this.#hasFailed) return;
    await this.transaction(() => Promise.resolve());
    this.#hasFailed = false;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all([this.#pool.end(), this.#copyPool.end()]);
  }

  #closed(): StoreError {
    return new StoreError('closed', `The database ${this.place.name} is closed; open it again`);
  }

  /**
   * Sends one statement on a free connection. Sends it once more if the connection was dead, or if PostgreSQL rolled the statement
   * back because of other transactions.
   */
  #sendOnce: Send = async (sql, values) => {
    for (let round = 1; ; round++) {
      const client = await this.#pool.connect();
      let failure: unknown;
      try {
        return await sendOn(client, sql, values);
      } catch (error) {
        failure = error;
        if (round > 1 || !(isConnectionLost(error) || isRolledBackForOthers(error))) throw error;
      } finally {
        client.release(isConnectionLost(failure));
      }
    }
  };

  async #transact<T>(
    work: (queries: TransactionQueries) => Promise<T>,
    options: TransactionOptions,
  ): Promise<T> {
    const client = await this.#pool.connect();
    const mark = this.#nextMark(client);
    const timeout = options.isPatient === true ? patientTimeout : undefined;
    let isOver = false;
    const stillOpen = (): pg.PoolClient => {
      if (isOver) throw new Error('the transaction is over');
      return client;
    };
    const queries: TransactionQueries = {
      ...queriesBy(async (sql, values) => sendOn(stillOpen(), sql, values, timeout)),
      script: async (sql) => void (await sendScript(stillOpen(), sql, patientTimeout)),
    };
    let failure: unknown;
    let result: T;
    try {
      [, result] = await allOf([begin(client, mark, options), work(queries)]);
      isOver = true;
      failure = await commit(client, timeout);
    } catch (error) {
      isOver = true;
      failure = error;
      if (!isConnectionLost(failure))
        await client.query('ROLLBACK').catch((lost: unknown) => {
          failure = lost;
        });
      throw error;
    } finally {
      client.release(isConnectionLost(failure));
    }
    // Looks up the outcome after the release, because the look-up needs a place in the pool.
    if (failure !== undefined) await this.#confirm(options.isMarked === false ? undefined : mark, failure);
    return result;
  }

  #nextMark(client: pg.PoolClient): Mark {
    const [id, last] = this.#marks.get(client) ?? [randomUUID(), 0];
    const mark: Mark = [id, last + 1];
    this.#marks.set(client, mark);
    return mark;
  }

  /**
   * Finds out over another connection whether the commit that set `mark` took place.
   *
   * @throws RolledBack if the commit did not take place, or UnknownOutcome if the database does not come back in time
   */
  async #confirm(mark: Mark | undefined, failure: unknown): Promise<void> {
    if (mark === undefined) throw failure;
    const [id, number] = mark;
    const deadline = Date.now() + outcomePatience;
    for (;;) {
      try {
        const found = await this.#anyClient.first<{ number: number }>(readMark, [id]);
        if (found?.number === number) return;
        throw new RolledBack('the commit did not take place', { cause: failure });
      } catch (error) {
        if (error instanceof RolledBack) throw error;
        if (Date.now() >= deadline) throw this.#unknownOutcome(error);
      }
      await setTimeout(100);
    }
  }

  #unknownOutcome(cause: unknown): UnknownOutcome {
    const what =
      'broke the connection during a commit and has not come back; it is unknown whether the commit took place';
    return new UnknownOutcome('unreachable', `The database ${this.place.name} ${what}`, { cause });
  }
}

/** Runs `work` with a connection of its own, and closes the connection afterwards. */
export async function withConnection<T>(
  place: Place,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = Connection.open(place);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

const ignore = (): void => undefined;

/** @returns the error if the connection broke, so that the outcome is unknown @throws any other error */
async function commit(client: pg.PoolClient, timeout: number | undefined): Promise<unknown> {
  try {
    const answer = await sendScript(client, 'COMMIT', timeout);
    if (answer.command !== 'COMMIT') throw new Error('the transaction was rolled back');
    return undefined;
  } catch (error) {
    if (isConnectionLost(error)) return error;
    throw error;
  }
}

const isWorthRepeating = (error: unknown): boolean => {
  if (error instanceof UnknownOutcome) return false;
  const cause = error instanceof StoreError ? error.cause : error;
  return cause instanceof RolledBack || isRolledBackForOthers(cause) || isConnectionLost(cause);
};
