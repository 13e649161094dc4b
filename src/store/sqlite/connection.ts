import { statSync, type Stats } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreError } from '../errors.js';
import { configure } from './configure.js';
import { explain } from './explain.js';
import { migrate, refuseUnusable } from './migrate.js';
import { makePrivateFile } from './private-file.js';
import { runApart } from './run-apart.js';

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
  #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement<unknown[], unknown>>();
  #transaction: Database.Transaction<(work: () => unknown) => unknown>;
  #hasFailed = false;
  /** Settles when a connection apart has rewritten the database. */
  #rewriting: Promise<void> | undefined;
  /** What tells the file from another one at the same path; absent: it is in memory. */
  readonly #file: Pick<Stats, 'dev' | 'ino'> | undefined;

  private constructor(
    db: Database.Database,
    readonly place: string,
    readonly busyTimeout: number,
  ) {
    this.#db = db;
    this.#file = place === ':memory:' ? undefined : statSync(place);
    this.#transaction = transactionOn(db);
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
      return new Connection(db, path, timeout);
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

  /** Which migrations the database has had. */
  get version(): number {
    return Number(this.#db.pragma('user_version', { simple: true }));
  }

  /**
   * Runs `work` as soon as nobody rewrites the database, turning what the engine throws into a {@link StoreError}. Readers wait
   * too: all that anybody hears of a rewriting is its result.
   */
  async attempt<T>(work: () => T | Promise<T>): Promise<T> {
    while (this.#rewriting) await this.#rewriting;
    return this.attemptNow(work);
  }

  /** As `attempt`, also while the database is rewritten: for what does not write. */
  async attemptNow<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (this.#db.open) throw this.#noted(explain(error, this.place));
      throw new StoreError('closed', `The database ${this.place} was closed before; open it again`);
    }
  }

  /** Runs `sql`, which moves `octets` octets and reads only, off the event loop where they are many. */
  readApart(sql: string, octets: number): Promise<void> {
    return runApart({ place: this.place, sql, busyTimeout: this.busyTimeout }, octets);
  }

  /** As `readApart` for SQL that writes: whatever else is attempted waits until it has ended. */
  async rewrite(sql: string, octets: number): Promise<void> {
    const { promise, open } = gate();
    this.#rewriting = promise;
    try {
      await this.readApart(sql, octets);
    } finally {
      // The caller goes first: what it has kept from before the rewriting, it forgets before others are served.
      setImmediate(() => {
        this.#rewriting = undefined;
        open();
      });
    }
  }

  /** Runs the SQL of a `clearing` in one transaction. */
  emptyTables(sql: string): void {
    this.#db.pragma('foreign_keys = OFF');
    try {
      this.transaction(() => this.#db.exec(sql));
    } finally {
      this.#db.pragma('foreign_keys = ON');
    }
  }

  /** A database in memory, as in a file. */
  get octets(): Buffer {
    return this.#db.serialize();
  }

  /** Puts the database in `octets` in the place of the one in memory. Ids that were given are not given again. */
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
    if (!this.#hasFailed || this.#rewriting) return;
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
