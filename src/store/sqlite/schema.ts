import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { SchemaStatus } from '../schema-status.js';
import { Connection } from './connection.js';
import { explain } from './explain.js';
import { refuseUnusable } from './migrate.js';
import { refuseOtherFile } from './other-file.js';
import { migrations } from './migrations/index.js';
import { refuseUnfinishedCopy } from './unfinished-copy.js';

const current = migrations.length;

/** The schema version of the file `path`. Does not create a missing file. @throws StoreError */
export function readSchema(path: string): SchemaStatus {
  const description = descriptionOf(path);
  if (path === ':memory:' || !existsSync(path)) return { description, version: 0, current };
  let db: Database.Database | undefined;
  try {
    refuseOtherFile(path);
    db = new Database(path, { readonly: true });
    db.transaction(refuseUnusable)(db, path);
    refuseUnfinishedCopy(db, path);
    return { description, version: Number(db.pragma('user_version', { simple: true })), current };
  } catch (error) {
    throw explain(error, path);
  } finally {
    db?.close();
  }
}

/** Creates or migrates the tables of the file `path`. @returns the schema version before the call @throws StoreError */
export function bringToCurrent(path: string): SchemaStatus {
  const connection = Connection.open(path);
  const version = current - connection.migrationsRun;
  connection.close();
  return { description: descriptionOf(path), version, current };
}

const descriptionOf = (path: string): string =>
  path === ':memory:' ? 'SQLite in memory' : `SQLite in ${resolve(path)}`;
