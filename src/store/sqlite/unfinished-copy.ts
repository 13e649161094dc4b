import type { Database } from 'better-sqlite3';
import { unfinishedCopy } from '../copy/unfinished.js';

/** Whether `mock-smdp copy` was interrupted while it filled this file. */
export const isUnfinishedCopy = (db: Database): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'unfinished_copy'").get() !== undefined;

/** @throws StoreError `unfinished` */
export function refuseUnfinishedCopy(db: Database, place: string): void {
  if (isUnfinishedCopy(db)) throw unfinishedCopy(place);
}
