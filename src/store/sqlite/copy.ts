import { rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { sourceInUse, targetInUse } from '../copy/copy-error.js';
import type { Row, Value } from '../copy/rows.js';
import type { CopyProgress, CopySource, CopyTarget, SourceOptions, TargetOptions } from '../copy/sides.js';
import { copiedTables, type CopiedTable } from '../copy/tables.js';
import { StoreError } from '../errors.js';
import { configure } from './configure.js';
import { explain } from './explain.js';
import { migrate, refuseUnusable } from './migrate.js';
import { migrations } from './migrations/index.js';
import { refuseOtherFile } from './other-file.js';
import { makePrivateFile } from './private-file.js';
import { parameters } from './table.js';
import { isUnfinishedCopy, refuseUnfinishedCopy } from './unfinished-copy.js';

/** Milliseconds to wait for the lock. A program that was killed a moment ago may still hold it. */
const patience = 1000;

const descriptionOf = (path: string): string => `SQLite in ${resolve(path)}`;

/**
 * Opens the file `path` to copy from. Without `whileRunning`, also locks the file, so that no server can start on it meanwhile.
 *
 * @throws CopyError if another process has the file open
 * @throws StoreError
 */
export function openCopySource(path: string, { whileRunning }: SourceOptions): Promise<CopySource> {
  return Promise.resolve().then(() => {
    if (!isFilled(path)) throw missing(path);
    const db = opened(path, () => new Database(path, { fileMustExist: true, timeout: patience }));
    return attempt(db, path, () => {
      db.transaction(refuseUnusable)(db, path);
      refuseUnfinishedCopy(db, path);
      const version = Number(db.pragma('user_version', { simple: true }));
      if (version < migrations.length) throw outdated(path, version);
      if (!whileRunning && !tryLock(db)) throw sourceInUse(descriptionOf(path));
      // The first read fixes the state that all later reads see.
      if (!db.inTransaction) db.exec('BEGIN');
      db.prepare('SELECT count(*) FROM numbers').get();
      return sourceOf(db, path);
    });
  });
}

/**
 * Opens the file `path` to copy to, and locks it. Creates it if it is missing.
 *
 * @throws CopyError if another process has the file open
 * @throws StoreError
 */
export function openCopyTarget(path: string, { restart }: TargetOptions): Promise<CopyTarget> {
  return Promise.resolve().then(() => {
    const db = openLocked(path);
    if (!restart || !isUnfinishedCopy(db)) return targetOf(db, path);
    db.close();
    for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
    return targetOf(openLocked(path), path);
  });
}

function openLocked(path: string): Database.Database {
  opened(path, () => {
    refuseOtherFile(path);
    makePrivateFile(path);
  });
  const db = opened(path, () => new Database(path, { timeout: patience }));
  return attempt(db, path, () => {
    db.transaction(refuseUnusable)(db, path);
    configure(db, patience);
    if (!tryLock(db)) throw targetInUse(descriptionOf(path));
    db.exec('COMMIT');
    migrate(db, path);
    db.pragma('foreign_keys = ON');
    return db;
  });
}

/** Locks the file until the connection is closed, and opens a transaction. @returns false if another process has the file open */
function tryLock(db: Database.Database): boolean {
  db.pragma('locking_mode = EXCLUSIVE');
  try {
    db.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return false;
    throw error;
  }
}

function sourceOf(db: Database.Database, path: string): CopySource {
  const read = <T>(work: () => T): Promise<T> => Promise.resolve().then(() => attempt(undefined, path, work));
  return {
    description: descriptionOf(path),
    count: (table) =>
      read(() =>
        Number(
          db
            .prepare(`SELECT count(*) FROM ${fromOf(table)}`)
            .pluck()
            .get(),
        ),
      ),
    rows: (table, after) => read(() => rowsAfter(db, table, after)),
    lastNumbers: () =>
      read(() => {
        const given = db.prepare<[], [string, number]>('SELECT name, seq FROM sqlite_sequence').raw().all();
        return Object.fromEntries(given);
      }),
    close: () =>
      read(() => {
        db.close();
      }),
  };
}

function targetOf(db: Database.Database, path: string): CopyTarget {
  const attemptNow = <T>(work: () => T): Promise<T> =>
    Promise.resolve().then(() => attempt(undefined, path, work));
  const writeProgress = (progress: CopyProgress): void => {
    db.prepare('UPDATE unfinished_copy SET progress = ?').run(JSON.stringify(progress));
  };
  return {
    ...sourceOf(db, path),
    progress: () =>
      attemptNow(() => {
        if (!isUnfinishedCopy(db)) return undefined;
        const text = db.prepare<[], string>('SELECT progress FROM unfinished_copy').pluck().get();
        return JSON.parse(text ?? '') as CopyProgress;
      }),
    begin: (progress) =>
      attemptNow(() => {
        db.exec('CREATE TABLE unfinished_copy (progress TEXT NOT NULL) STRICT');
        db.prepare('INSERT INTO unfinished_copy VALUES (?)').run(JSON.stringify(progress));
        return { isInUse: false };
      }),
    abandon: () => attemptNow(() => void db.exec('DROP TABLE unfinished_copy')),
    add: (table, rows, progress) =>
      attemptNow(() =>
        db.transaction(() => {
          const insert = db.prepare(insertionOf(table));
          for (const row of rows) insert.run(...row.map(stored));
          writeProgress(progress);
        })(),
      ),
    finish: (lastNumbers) =>
      attemptNow(() =>
        db.transaction(() => {
          for (const { name, isNumbered } of copiedTables)
            if (isNumbered) continueAfter(db, name, lastNumbers[name] ?? 0);
          db.exec('DROP TABLE unfinished_copy');
        })(),
      ),
  };
}

/** In SQLite, the rowid gives the order of the ES2+ calls. */
const columnOf = (table: CopiedTable, column: string): string =>
  table.name === 'es2_calls' && column === 'position' ? 'rowid' : column;

const columnsOf = (table: CopiedTable): string =>
  table.columns.map(([name]) => columnOf(table, name)).join(', ');

const insertionOf = (table: CopiedTable): string =>
  `INSERT INTO ${table.name} (${columnsOf(table)}) VALUES (${parameters(table.columns)})`;

/** Rows with the count 0 have no meaning, so they are not copied. */
const fromOf = ({ name }: CopiedTable): string =>
  name === 'profile_counts' ? '(SELECT * FROM profile_counts WHERE count <> 0)' : name;

function rowsAfter(db: Database.Database, table: CopiedTable, after: Row | undefined): readonly Row[] {
  const key = table.key.join(', ');
  const above = after === undefined ? '' : `WHERE (${key}) > (${parameters(after)})`;
  const select = `SELECT ${columnsOf(table)} FROM ${fromOf(table)} ${above} ORDER BY ${key} LIMIT ${table.rowsAtOnce}`;
  const rows = db
    .prepare<unknown[], Value[]>(select)
    .raw()
    .all(...(after ?? []));
  const flags = table.columns.flatMap(([, kind], index) => (kind === 'boolean' ? [index] : []));
  for (const row of rows)
    for (const index of flags) row[index] = row[index] === null ? null : row[index] === 1;
  return rows;
}

const stored = (value: Value): unknown => (typeof value === 'boolean' ? Number(value) : value);

function continueAfter(db: Database.Database, table: string, number: number): void {
  const raise = db.prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?');
  if (raise.run(number, table).changes === 0)
    db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(table, number);
}

const opened = <T>(path: string, open: () => T): T => attempt(undefined, path, open);

/** Runs `work` and explains errors of the engine. Closes `db` if `work` fails. */
function attempt<T>(db: Database.Database | undefined, path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    db?.close();
    throw explain(error, path);
  }
}

const isFilled = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isDirectory() && found.size > 0;
};

const missing = (path: string): StoreError =>
  new StoreError('missing', `There is no database ${path}; give the file that the server used`);

const outdated = (path: string, version: number): StoreError =>
  new StoreError(
    'failed',
    `${path} has schema version ${version}; migrate it to version ${migrations.length} first: mock-smdp migrate --database ${path}`,
  );
