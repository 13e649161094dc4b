import { statSync, type Stats } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreError } from '../errors.js';
import { configure } from './configure.js';
import { explain } from './explain.js';
import { migrate, refuseUnusable } from './migrate.js';
import { makePrivateFile } from './private-file.js';

/** Milliseconds for which a write waits while another process writes. */
const defaultBusyTimeout = 5000;
/** Statements differ by the members that are set or asked for: a few dozen. The bound is for those who try them all. */
const statementLimit = 500;

/** Pages of 4 KiB that stay free for what is written next. */
const freePagesKept = 1000;
/** Pages that are given back at once: about a millisecond's work. */
const pagesAtOnce = 200;

export interface SqliteOptions {
  /** Milliseconds to wait for another process's lock before the call fails with `locked`. */
  readonly busyTimeout?: number | undefined;
}

const goneAdvice =
  'was deleted or replaced while the server used it, and what the server writes is lost; put the file back and start the server again';

/** Needs pages that the file may not have, and leaves nothing behind. */
const probingWrite = `
  CREATE TABLE write_probe (octets BLOB);
  INSERT INTO write_probe VALUES (zeroblob(65536));
  DROP TABLE write_probe;`;

/** One open database with its statements; what the parts of the store work with. */
export class Connection {
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement<unknown[], unknown>>();
  readonly #transaction: Database.Transaction<(work: () => unknown) => unknown>;
  #hasFailed = false;
  /** What tells the file from another one at the same path; absent: it is in memory. */
  readonly #file: Pick<Stats, 'dev' | 'ino'> | undefined;

  private constructor(
    db: Database.Database,
    readonly place: string,
  ) {
    this.#db = db;
    this.#file = place === ':memory:' ? undefined : statSync(place);
    this.#transaction = db.transaction((work: () => unknown) => work());
  }

  /** Opens and migrates the database in the file `path`, or a new one for `:memory:`. @throws StoreError */
  static open(path: string, options: SqliteOptions = {}): Connection {
    const timeout = options.busyTimeout ?? defaultBusyTimeout;
    let db: Database.Database | undefined;
    try {
      if (path !== ':memory:') makePrivateFile(path);
      db = new Database(path, { timeout });
      db.transaction(refuseUnusable)(db, path);
      configure(db, timeout);
      migrate(db, path);
      return new Connection(db, path);
    } catch (error) {
      db?.close();
      throw explain(error, path);
    }
  }

  /** The texts of all statements that were prepared and are kept. */
  get prepared(): readonly string[] {
    return [...this.#statements.keys()];
  }

  /** The statement `sql`, prepared at its first use. */
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

  /** Runs `work` in one transaction, which is rolled back if it throws. The lock is taken before it begins to read. */
  transaction<T>(work: () => T): T {
    return this.#transaction.immediate(work) as T;
  }

  /** Runs reads in one transaction: they see the same state, and are spared a lock each, which costs more than a look-up. */
  snapshot<T>(work: () => T): T {
    return this.#transaction.deferred(work) as T;
  }

  /** Runs `work` while the database in the file `path` is at hand under the name `snapshot`. */
  withAttached(path: string, work: () => void): void {
    this.#db.prepare('ATTACH ? AS snapshot').run(path);
    try {
      work();
    } finally {
      this.#db.exec('DETACH snapshot');
    }
  }

  /** Runs `work`, turning what the engine throws into a {@link StoreError}. */
  async attempt<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (this.#db.open) throw this.#noted(explain(error, this.place));
      throw new StoreError('closed', `The database ${this.place} was closed before; open it again`);
    }
  }

  /** Whether the file that is open still lies at its path. */
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
   * Looks whether the file is there, reads and, since a call has failed, writes as well, until that goes well again.
   *
   * @throws what the engine does
   */
  probe(): void {
    if (!this.#isThere) throw new StoreError('unreachable', `The database ${this.place} ${goneAdvice}`);
    this.prepare('SELECT max(id) FROM profiles').get();
    if (!this.#hasFailed) return;
    this.transaction(() => this.#db.exec(probingWrite));
    this.#hasFailed = false;
  }

  #noted(error: unknown): unknown {
    this.#hasFailed ||= error instanceof StoreError && error.failure !== 'locked';
    return error;
  }

  /** Gives the disk back some of the pages that are free. @returns whether there are more to give back */
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
