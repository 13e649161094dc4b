import { setTimeout } from 'node:timers/promises';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { sourceInUse, targetInUse } from '../copy/copy-error.js';
import type { Row, Value } from '../copy/rows.js';
import type { CopyProgress, CopySource, CopyTarget, SourceOptions, TargetOptions } from '../copy/sides.js';
import { copiedTables, type CopiedTable } from '../copy/tables.js';
import { StoreError } from '../errors.js';
import { applicationOf, settingsOf } from './client-settings.js';
import { withConnection } from './connection.js';
import { clearing } from './data-tables.js';
import { explain } from './explain.js';
import { copied } from './insert-profile.js';
import { lockOfTasks, migrate, oneAtATime, readVersion } from './migrate.js';
import { migrations } from './migrations/index.js';
import { placeOf, type Place } from './place.js';
import { placeholders } from './table.js';
import { storableText } from './text.js';

const isServerThere = `
  SELECT count(*) AS count FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = left($1, 63)`;
const isMarked = `
  SELECT count(*) AS count FROM information_schema.tables WHERE table_schema = $1 AND table_name = 'unfinished_copy'`;
const lock = `SELECT pg_try_advisory_lock(${lockOfTasks}, hashtext('copy to ' || $1)) AS "isOurs"`;
/** Number of attempts to take the lock, two per second. PostgreSQL may need a moment to notice that a copy command was killed. */
const rounds = 10;

/**
 * Opens the database `url` to copy from. All reads see the state of this moment.
 *
 * @throws CopyError if a server is using the database, unless `whileRunning`
 * @throws StoreError
 */
export async function openCopySource(url: string, { whileRunning }: SourceOptions): Promise<CopySource> {
  const place = placeOf(url);
  const version = await withConnection(place, readVersion);
  if (version < migrations.length) throw outdated(place, version);
  const session = await Session.open(place);
  return session.orClose(async () => {
    if (!whileRunning && (await session.isInUse())) throw sourceInUse(session.description);
    await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return sourceOf(session);
  });
}

/**
 * Opens the target of a copy, the database at `url`. Creates its tables, or migrates them.
 *
 * @throws CopyError if another copy to this database is running
 * @throws StoreError
 */
export async function openCopyTarget(url: string, { restart }: TargetOptions): Promise<CopyTarget> {
  const place = placeOf(url);
  await withConnection(place, (connection) => migrate(connection, { isForCopy: true }));
  const session = await Session.open(place);
  return session.orClose(async () => {
    if (!(await tryLock(session))) throw targetInUse(session.description);
    if (restart && (await session.isMarked()))
      await session.query(`BEGIN; ${clearing()}; DROP TABLE unfinished_copy; COMMIT`);
    return targetOf(session);
  });
}

async function tryLock(session: Session): Promise<boolean> {
  for (let round = 0; round < rounds; round++) {
    const [answer] = await session.all<{ isOurs: boolean }>(lock, [session.place.schema]);
    if (answer?.isOurs === true) return true;
    await setTimeout(500);
  }
  return false;
}

/** One connection without time limits. */
class Session {
  private constructor(
    readonly place: Place,
    readonly client: pg.Client,
  ) {}

  static async open(place: Place): Promise<Session> {
    const { options = '', query_timeout: _, ...settings } = settingsOf(place);
    const client = new pg.Client({
      ...settings,
      application_name: 'mock-smdp copy',
      options: `${options} -c statement_timeout=0 -c idle_in_transaction_session_timeout=0`,
    });
    // Ignored here: the next statement on the broken connection fails anyway.
    client.on('error', () => undefined);
    const session = new Session(place, client);
    await session.attempt(() => client.connect());
    return session;
  }

  get description(): string {
    return `PostgreSQL at ${this.place.name}`;
  }

  async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explain(error, this.place.name);
    }
  }

  /** Runs `work`, and closes the session if it fails. */
  async orClose<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async query(sql: string): Promise<void> {
    await this.attempt(() => this.client.query(sql));
  }

  all<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return this.attempt(async () => (await this.client.query<Row>(sql, [...values])).rows);
  }

  async count(sql: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.all<{ count: number }>(sql, values))[0]!.count;
  }

  async isInUse(): Promise<boolean> {
    return (await this.count(isServerThere, [applicationOf(this.place)])) > 0;
  }

  async isMarked(): Promise<boolean> {
    return (await this.count(isMarked, [this.place.schema])) > 0;
  }

  /** Runs `work` in one transaction. */
  async transaction(work: () => Promise<void>): Promise<void> {
    await this.query('BEGIN');
    try {
      await this.attempt(work);
      await this.query('COMMIT');
    } catch (error) {
      await this.client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

function sourceOf(session: Session): CopySource {
  return {
    description: session.description,
    count: (table) => session.count(`SELECT count(*) AS count FROM ${fromOf(table)}`),
    rows: (table, after) => rowsAfter(session, table, after),
    lastNumbers: async () => {
      const numbers: Record<string, number> = {};
      for (const { name, isNumbered } of copiedTables)
        if (isNumbered)
          numbers[name] = await session.count(
            `SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS count FROM ${await sequenceOf(session, name)}`,
          );
      return numbers;
    },
    close: () => session.close(),
  };
}

function targetOf(session: Session): CopyTarget {
  const writeProgress = async (progress: CopyProgress): Promise<void> => {
    await session.all('UPDATE unfinished_copy SET progress = $1', [JSON.stringify(progress)]);
  };
  return {
    ...sourceOf(session),
    progress: async () => {
      if (!(await session.isMarked())) return undefined;
      const [row] = await session.all<{ progress: string }>('SELECT progress::text FROM unfinished_copy');
      return JSON.parse(row!.progress) as CopyProgress;
    },
    begin: async (progress) => {
      await session.transaction(async () => {
        // Servers take this lock when they start. So each server either sees the mark, or is seen by `isInUse` below.
        await session.query(oneAtATime);
        await session.query('CREATE TABLE unfinished_copy (progress JSON NOT NULL)');
        await session.all('INSERT INTO unfinished_copy VALUES ($1)', [JSON.stringify(progress)]);
      });
      return { isInUse: await session.isInUse() };
    },
    abandon: () => session.query('DROP TABLE unfinished_copy'),
    add: (table, rows, progress) =>
      session.transaction(async () => {
        await copyIn(session, table, rows);
        await writeProgress(progress);
      }),
    finish: async (lastNumbers) => {
      await session.transaction(async () => {
        for (const { name, isNumbered } of copiedTables)
          if (isNumbered)
            await continueAfter(session, await sequenceOf(session, name), lastNumbers[name] ?? 0);
        const last = await session.count('SELECT coalesce(max(position), 0) AS count FROM es2_calls');
        await continueAfter(session, await sequenceOf(session, 'es2_calls', 'position'), last);
        await session.query('DROP TABLE unfinished_copy');
      });
      for (const { name } of copiedTables) await session.query(`ANALYZE ${name}`);
    },
  };
}

/** The counts with their changes, which PostgreSQL keeps in separate rows. */
const effectiveCounts = `(
  SELECT profile_type, state, sum(count)::bigint AS count
  FROM (SELECT * FROM profile_counts UNION ALL SELECT * FROM profile_count_changes) AS noted
  GROUP BY profile_type, state HAVING sum(count) <> 0) AS counted`;

const fromOf = ({ name }: CopiedTable): string => (name === 'profile_counts' ? effectiveCounts : name);

const columnsOf = (table: CopiedTable): string => table.columns.map(([name]) => name).join(', ');

async function rowsAfter(
  session: Session,
  table: CopiedTable,
  after: Row | undefined,
): Promise<readonly Row[]> {
  const key = table.key.join(', ');
  const above = after === undefined ? '' : `WHERE (${key}) > (${placeholders(after.length)})`;
  const { rows } = await session.attempt(() =>
    session.client.query<Value[]>({
      text: `SELECT ${columnsOf(table)} FROM ${fromOf(table)} ${above} ORDER BY ${key} LIMIT ${table.rowsAtOnce}`,
      values: (after ?? []).map((value) => (typeof value === 'string' ? storableText(value) : value)),
      rowMode: 'array',
    }),
  );
  return rows;
}

async function copyIn(session: Session, table: CopiedTable, rows: readonly Row[]): Promise<void> {
  const stream = session.client.query(
    copyStreams.from(`COPY ${table.name} (${columnsOf(table)}) FROM STDIN`),
  );
  stream.end(rows.map((row) => `${row.map(copied).join('\t')}\n`).join(''));
  await finished(stream);
}

async function sequenceOf(session: Session, table: string, column = 'id'): Promise<string> {
  const [row] = await session.all<{ name: string }>('SELECT pg_get_serial_sequence($1, $2) AS name', [
    table,
    column,
  ]);
  return row!.name;
}

async function continueAfter(session: Session, sequence: string, number: number): Promise<void> {
  await session.all('SELECT setval($1::text::regclass, greatest($2::bigint, 1), $2::bigint > 0)', [
    sequence,
    number,
  ]);
}

const outdated = ({ name }: Place, version: number): StoreError =>
  new StoreError(
    'failed',
    `${name} has schema version ${version}; migrate it to version ${migrations.length} first with 'mock-smdp migrate'`,
  );
