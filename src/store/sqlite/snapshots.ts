import { statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { StoreError } from '../errors.js';
import type { ResetAndSnapshots } from '../reset-and-snapshots.js';
import { clearing, copying } from './clear.js';
import type { Connection } from './connection.js';
import type { SnapshotFiles } from './snapshot-files.js';

/** Resets the database, and saves and restores snapshots. */
export function resetAndSnapshots(connection: Connection, files: SnapshotFiles): ResetAndSnapshots {
  const operations = connection.place === ':memory:' ? inMemory(connection) : inFile(connection);
  return {
    clear: (keep) => connection.attempt(() => operations.clear(clearing(connection, keep))),
    saveSnapshot: (name) => connection.attempt(() => files.save(name, operations.save)),
    restoreSnapshot: (name) =>
      connection.attempt(async () => {
        const path = files.find(name);
        if (path === undefined) return false;
        if (versionOf(path) !== connection.version) throw otherVersion(name);
        await operations.restore(path);
        return true;
      }),
    snapshots: () => connection.attempt(() => files.list()),
    deleteSnapshot: (name) => connection.attempt(() => files.delete(name)),
  };
}

interface SnapshotOperations {
  /** Runs SQL that empties tables. It takes effect completely or not at all. */
  readonly clear: (sql: string) => Promise<void>;
  /** Fills an empty file with the current content of the database. */
  readonly save: (path: string) => Promise<void>;
  /** Replaces the content of the database. It takes effect completely or not at all. */
  readonly restore: (path: string) => Promise<void>;
}

/** For a database file. A separate connection rewrites the file, outside the event loop if the file is large. */
const inFile = (connection: Connection): SnapshotOperations => ({
  clear: (sql) => connection.rewrite(`BEGIN IMMEDIATE; ${sql} COMMIT;`, sizeOf(connection.place)),
  save: (path) => connection.readApart(`VACUUM INTO ${literal(path)};`, sizeOf(connection.place)),
  restore: (path) =>
    connection.rewrite(
      `ATTACH ${literal(path)} AS snapshot; BEGIN IMMEDIATE; ${copying(connection)} COMMIT;`,
      sizeOf(connection.place) + sizeOf(path),
    ),
});

/** For a database in memory, which is copied as one block. */
const inMemory = (connection: Connection): SnapshotOperations => ({
  clear: async (sql) => connection.emptyTables(sql),
  save: (path) => writeFile(path, connection.octets),
  restore: async (path) => connection.replaceBy(await readFile(path)),
});

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function versionOf(path: string): number {
  const db = new Database(path, { readonly: true });
  try {
    return Number(db.pragma('user_version', { simple: true }));
  } finally {
    db.close();
  }
}

const otherVersion = (name: string): StoreError =>
  new StoreError(
    'unsupported',
    `The snapshot '${name}' was taken by another version of mock-smdp; delete the snapshot and take a new one`,
  );
