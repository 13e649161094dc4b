import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { freshSchema, query } from './index.js';

/** Whether this test run stores in PostgreSQL wherever a test names a file or `:memory:`. */
export const isOnPostgres = process.env['SMDP_TEST_DATABASE'] === 'postgres';

/** The address of the schema that stands for the SQLite file. */
export const addressInPlaceOf = (file: string): Promise<string> =>
  freshSchema(`f_${createHash('sha256').update(file).digest('hex').slice(0, 16)}`);

/** `SMDP_DATABASE` for another process, so that it uses the database that `openStore(file)` opens in this one. */
export const databaseSetting = async (file: string): Promise<string> =>
  isOnPostgres ? addressInPlaceOf(file) : file;

/** Runs a statement that changes rows, past the store. No store may have the database open. */
export async function changePastStore(file: string, sql: string): Promise<void> {
  if (isOnPostgres) {
    await query(await addressInPlaceOf(file), sql);
    return;
  }
  const db = new Database(file);
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}

/** The number that a statement selects, read past the store. */
export async function numberOf(file: string, sql: string): Promise<number> {
  if (isOnPostgres) {
    const [row] = await query<Record<string, unknown>>(await addressInPlaceOf(file), sql);
    return Number(Object.values(row ?? {})[0]);
  }
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(sql).pluck().get() as number;
  } finally {
    db.close();
  }
}
