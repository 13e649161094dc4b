import type { Database } from 'better-sqlite3';
import { StoreError } from '../errors.js';
import { migrations } from './migrations/index.js';

/** Application id in the file header, `SMDP`. It distinguishes our databases from those of other programs. */
export const applicationId = 0x534d4450;

const pragma = (db: Database, name: string): number => Number(db.pragma(name, { simple: true }));

/**
 * Migrates the database to the current schema, with one transaction per step. Each step takes the lock before it reads
 * the version. If a second process opens the same new file, it waits and then has nothing to do.
 *
 * @returns the number of steps that this call has taken
 * @throws StoreError `foreign` or `newer`, before any change
 */
export function migrate(db: Database, place: string, steps: readonly string[] = migrations): number {
  const nextStep = db.transaction((): boolean => {
    refuseUnusable(db, place, steps);
    const version = pragma(db, 'user_version');
    const step = steps[version];
    if (step === undefined) return false;
    db.exec(step);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${version + 1}`);
    return true;
  });
  let taken = 0;
  while (nextStep.immediate()) taken++;
  return taken;
}

/** Checks that this program can use the database. Changes nothing. @throws StoreError `foreign` or `newer` */
export function refuseUnusable(db: Database, place: string, steps: readonly string[] = migrations): void {
  if (!isOurs(db)) throw foreign(place);
  const version = pragma(db, 'user_version');
  if (version > steps.length) throw newer(place, version, steps.length);
}

const isOurs = (db: Database): boolean =>
  pragma(db, 'application_id') === applicationId ||
  db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;

const foreign = (place: string): StoreError =>
  new StoreError(
    'foreign',
    `${place} is an SQLite database of another program; name a file that does not exist yet, which this program then creates`,
  );

const newer = (place: string, version: number, known: number): StoreError =>
  new StoreError(
    'newer',
    `${place} has schema version ${version}, made by a newer mock-smdp; this mock-smdp knows versions up to ${known}. ` +
      'Use the newer program, or another database file',
  );
