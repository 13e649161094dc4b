import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../errors.js';
import type { PutBack, Snapshot } from '../put-back.js';
import { clear, dataTables } from './clear.js';
import type { Connection } from './connection.js';
import { makePrivateFile } from './private-file.js';

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const extension = '.snapshot';

/** Snapshots as files: beside the database, or, for one in memory, in a folder that is gone with it. */
export class SnapshotFiles {
  readonly #connection: Connection;
  #folder: string | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    if (connection.place !== ':memory:') this.#folder = `${connection.place}.snapshots`;
  }

  save(name: string): Snapshot {
    const path = this.#pathOf(name);
    const draft = `${path}.${process.pid}`;
    mkdirSync(this.#ownFolder(), { recursive: true, mode: 0o700 });
    rmSync(draft, { force: true });
    makePrivateFile(draft);
    this.#connection.prepare('VACUUM INTO ?').run(draft);
    renameSync(draft, path);
    return snapshotIn(path, name);
  }

  restore(name: string): boolean {
    const path = this.#pathOf(name);
    if (!existsSync(path)) return false;
    const connection = this.#connection;
    connection.withAttached(path, () => {
      if (versionOf(connection, 'snapshot') !== versionOf(connection, 'main')) throw otherVersion(name);
      connection.transaction(() => copyFromSnapshot(connection));
    });
    return true;
  }

  list(): readonly Snapshot[] {
    const folder = this.#folder;
    if (folder === undefined || !existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((file) => file.endsWith(extension))
      .map((file) => snapshotIn(join(folder, file), file.slice(0, -extension.length)))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  delete(name: string): boolean {
    const path = this.#pathOf(name);
    if (!existsSync(path)) return false;
    rmSync(path);
    return true;
  }

  /** Removes those of a database in memory. */
  close(): void {
    if (this.#connection.place === ':memory:' && this.#folder !== undefined)
      rmSync(this.#folder, { recursive: true, force: true });
  }

  /** @throws RangeError unless the name is one */
  #pathOf(name: string): string {
    if (!namePattern.test(name)) throw new RangeError(`'${name}' is no name of a snapshot`);
    return join(this.#ownFolder(), `${name}${extension}`);
  }

  #ownFolder(): string {
    return (this.#folder ??= mkdtempSync(join(tmpdir(), 'mock-smdp-snapshots-')));
  }
}

const snapshotIn = (path: string, name: string): Snapshot => ({
  name,
  takenAt: Math.floor(statSync(path).mtimeMs),
});

function versionOf(connection: Connection, schema: 'main' | 'snapshot'): number {
  const row = connection.prepare<{ user_version: number }>(`PRAGMA ${schema}.user_version`).get();
  return row!.user_version;
}

const otherVersion = (name: string): StoreError =>
  new StoreError(
    'unsupported',
    `The snapshot '${name}' was taken by another version of mock-smdp; delete it and take a new one`,
  );

function copyFromSnapshot(connection: Connection): void {
  clear(connection);
  for (const table of dataTables(connection))
    connection.prepare(`INSERT INTO main.${table} SELECT * FROM snapshot.${table}`).run();
}

/** What puts the database back. */
export const putBack = (connection: Connection, files: SnapshotFiles): PutBack => ({
  clear: (keep) => connection.attempt(() => connection.transaction(() => clear(connection, keep))),
  saveSnapshot: (name) => connection.attempt(() => files.save(name)),
  restoreSnapshot: (name) => connection.attempt(() => files.restore(name)),
  snapshots: () => connection.attempt(() => files.list()),
  deleteSnapshot: (name) => connection.attempt(() => files.delete(name)),
});
