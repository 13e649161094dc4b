import { statSync, type Stats } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreError } from '../errors.js';
import { configure } from './configure.js';
import { explain } from './explain.js';
import { migrate, refuseUnusable } from './migrate.js';
import { refuseOtherFile } from './other-file.js';
import { makePrivateFile } from './private-file.js';
import { runApart } from './run-apart.js';
import { refuseUnfinishedCopy } from './unfinished-copy.js';

/** How long a write waits while another process writes, in milliseconds. */
const defaultBusyTimeout = 5000;
/**
 * Maximum number of statements in the cache. Statements differ in the members that they set or query. Normally there
 * are a few dozen.
 */
const statementLimit = 500;

/** Number of free pages (4 KiB each) to keep for new data. */
const freePagesKept = 1000;
/** Number of pages to return to the disk at a time, which takes about a millisecond. */
const pagesAtOnce = 200;

export interface SqliteOptions {
  /** Milliseconds to wait for another process's lock before the call fails with `locked`. */
  readonly busyTimeout?: number | undefined;
}

const goneAdvice =
  'was deleted or replaced while the server used it, and all further changes are lost; put the file back and start the server again';

/** A test write. It needs additional pages, and leaves nothing behind. */
const probingWrite = `
  CREATE TABLE write_probe (octets BLOB);
  INSERT INTO write_probe VALUES (zeroblob(65536));
  DROP TABLE write_probe;`;

/** An open database with its prepared statements, used by all parts of the store. */
export class Connection {
  #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement<unknown[], unknown>>();
  #transaction: Database.Transaction<(work: () => unknown) => unknown>;
  #hasFailed = false;
  /** Settles when another connection has finished rewriting the database. */
  #rewriting: Promise<void> | undefined;
  /** Identifies the file, so that a different file at the same path is detected. Absent for a database in memory. */
  readonly #file: Pick<Stats, 'dev' | 'ino'> | undefined;

  private constructor(
    db: Database.Database,
    readonly place: string,
    readonly busyTimeout: number,
    /** Number of migrations that ran when the database was opened. */
    readonly migrationsRun: number,
  ) {
    this.#db = db;
    this.#file = place === ':memory:' ? undefined : statSync(place);
    this.#transaction = transactionOn(db);
  }

  /** Opens and migrates the database file `path`, or a new database for `:memory:`. @throws StoreError */
  static open(path: string, options: SqliteOptions = {}): Connection {
    const timeout = options.busyTimeout ?? defaultBusyTimeout;
    let db: Database.Database | undefined;
    try {
      if (path !== ':memory:') {
        refuseOtherFile(path);
        makePrivateFile(path);
      }
      db = new Database(path, { timeout });
      db.transaction(refuseUnusable)(db, path);
      refuseUnfinishedCopy(db, path);
      configure(db, timeout);
      return new Connection(db, path, timeout, migrate(db, path));
    } catch (error) {
      db?.close();
      throw explain(error, path);
    }
  }

  /** The SQL of all cached statements. */
  get prepared(): readonly string[] {
    return [...this.#statements.keys()];
  }

  /** The statement `sql`, prepared on first use. */
  prepare<Row = unknown>(sql: string): Database.Statement<unknown[], Row> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      if (this.#statements.size >= statementLimit) this.#statements.clear();
      statement = this.#db.prepare<unknown[], unknown>(sql);
      this.#statements.set(sql, statement);
    }
    return statement as Database.Statement<unknown[], Row>;
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction;
  }

  /** Runs `work` in a transaction, and rolls back if `work` throws. Takes the write lock before the first read. */
  transaction<T>(work: () => T): T {
    return this.#transaction.immediate(work) as T;
  }

  /**
   * Runs reads in one transaction. All reads see the same state. They need only one lock, which saves time because a
   * lock costs more than a look-up.
   */
  snapshot<T>(work: () => T): T {
    return this.#transaction.deferred(work) as T;
  }

  /** Number of migrations that were applied to the database. */
  get version(): number {
    return Number(this.#db.pragma('user_version', { simple: true }));
  }

  /**
   * Waits until no rewriting is in progress, then runs `work`. Converts errors of the engine to {@link StoreError}.
   * Readers wait too, so that they see the result of a rewriting and not the state before it.
   */
  async attempt<T>(work: () => T | Promise<T>): Promise<T> {
    while (this.#rewriting) await this.#rewriting;
    return this.attemptNow(work);
  }

  /** Like `attempt`, but does not wait for a rewriting. Only for work that does not write. */
  async attemptNow<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (this.#db.open) throw this.#noted(explain(error, this.place));
      throw new StoreError('closed', `The database ${this.place} is closed; open it again`);
    }
  }

  /** Runs read-only `sql` that moves this many octets. If there are many octets, the SQL runs outside the event loop. */
  readApart(sql: string, octets: number): Promise<void> {
    return runApart({ place: this.place, sql, busyTimeout: this.busyTimeout }, octets);
  }

  /** Like `readApart`, but for SQL that writes. All other work waits until the SQL has ended. */
  async rewrite(sql: string, octets: number): Promise<void> {
    const { promise, open } = gate();
    this.#rewriting = promise;
    try {
      await this.readApart(sql, octets);
    } finally {
      // Lets the caller of `rewrite` run first, so that it discards outdated state before other callers continue.
      setImmediate(() => {
        this.#rewriting = undefined;
        open();
      });
    }
  }

  /** Runs the SQL from `clearing` in one transaction. */
  emptyTables(sql: string): void {
    this.#db.pragma('foreign_keys = OFF');
    try {
      this.transaction(() => this.#db.exec(sql));
    } finally {
      this.#db.pragma('foreign_keys = ON');
    }
  }

  /** The content of a database in memory, in the file format of SQLite. */
  get octets(): Buffer {
    return this.#db.serialize();
  }

  /** Replaces the content of the database in memory by the database in `octets`. Ids are not reused. */
  replaceBy(octets: Buffer): void {
    const [old, next] = [this.#db, new Database(octets)];
    try {
      configure(next, this.busyTimeout);
      keepSequences(old, next);
    } catch (error) {
      next.close();
      throw error;
    }
    this.#statements.clear();
    this.#db = next;
    this.#transaction = transactionOn(next);
    setImmediate(() => old.close());
  }

  /** Whether the open file is still at its path. */
  get #isThere(): boolean {
    if (this.#file === undefined) return true;
    try {
      const { dev, ino } = statSync(this.place);
      return dev === this.#file.dev && ino === this.#file.ino;
    } catch {
      return false;
    }
  }

  /**
   * Checks that the file exists and can be read. After a failed call, also checks that the file can be written, until this check has
   * succeeded once.
   *
   * @throws the engine's error
   */
  probe(): void {
    if (!this.#isThere) throw new StoreError('unreachable', `The database ${this.place} ${goneAdvice}`);
    this.prepare('SELECT max(id) FROM profiles').get();
    if (!this.#hasFailed || this.#rewriting) return;
    this.transaction(() => this.#db.exec(probingWrite));
    this.#hasFailed = false;
  }

  #noted(error: unknown): unknown {
    this.#hasFailed ||= error instanceof StoreError && error.failure !== 'locked';
    return error;
  }

  /** Returns some free pages to the disk. @returns whether there are more to return */
  giveBackPages(): boolean {
    const pragma = (name: string): number => Number(this.#db.pragma(name, { simple: true }));
    if (pragma('auto_vacuum') !== 2 || pragma('freelist_count') <= freePagesKept) return false;
    this.#db.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`);
    if (pragma('freelist_count') > freePagesKept) return true;
    this.#db.pragma('wal_checkpoint(PASSIVE)');
    return false;
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }
}

const transactionOn = (db: Database.Database): Database.Transaction<(work: () => unknown) => unknown> =>
  db.transaction((work: () => unknown) => work());

function keepSequences(from: Database.Database, to: Database.Database): void {
  const given = from
    .prepare<[], { name: string; seq: number }>('SELECT name, seq FROM sqlite_sequence')
    .all();
  const raise = to.prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?');
  const add = to.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)');
  for (const { name, seq } of given) if (raise.run(seq, name).changes === 0) add.run(name, seq);
}

function gate(): { readonly promise: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const promise = new Promise<void>((resolve) => (open = resolve));
  return { promise, open };
}
