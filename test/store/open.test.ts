import Database from 'better-sqlite3';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isPostgres,
  openStore,
  StoreError,
  withoutPassword,
  type StoreFailure,
} from '../../src/store/index.js';
import { explain } from '../../src/store/sqlite/explain.js';
import { openSqliteStore } from '../../src/store/sqlite/index.js';
import { made, released } from './samples.js';
import { temporaryFiles } from './temporary-folder.js';

const newFile = temporaryFiles();
const isRoot = process.getuid?.() === 0;

/** The error with which the promise is rejected. */
async function refusal(promise: Promise<unknown>): Promise<StoreError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreError)) throw new Error('no StoreError', { cause: error });
  return error;
}

describe('opening a store', () => {
  it('makes the file and its folders', async () => {
    const file = join(newFile(), 'a', 'b', 'smdp.db');
    const store = await openStore(file);
    expect(existsSync(file)).toBe(true);
    expect(store.description).toBe(`SQLite in ${file}`);
    await store.close();
  });

  it('in memory makes a new one every time', async () => {
    const [first, second] = [await openStore(':memory:'), await openStore(':memory:')];
    await made(first);
    expect((await second.countProfiles()).Released).toBe(0);
    expect(first.description).toBe('SQLite in memory');
    await first.close();
    await second.close();
  });

  it('refuses an engine that is not there, without its password', async () => {
    const error = await refusal(openStore('mysql://smdp:secret@db'));
    expect(error.failure).toBe('unsupported');
    expect(error.message).toMatch(/not part of this version/);
    expect(error.message).not.toContain('secret');
  });

  it.each([
    ['postgres://smdp:secret@db/smdp', 'postgres://smdp:***@db/smdp'],
    ['postgresql://smdp:sec:r@t@db/smdp?schema=a', 'postgresql://smdp:***@db/smdp?schema=a'],
    ['postgres://db/smdp?user=smdp&password=secret&a=b', 'postgres://db/smdp?user=smdp&password=***&a=b'],
    ['data/smdp.db', 'data/smdp.db'],
    [':memory:', ':memory:'],
  ])('shows %s as %s', (database, shown) => {
    expect(withoutPassword(database)).toBe(shown);
    expect(isPostgres(database)).toBe(database.startsWith('postgres'));
  });

  it.each(['', ' '])('refuses the empty name %j', async (url) => {
    expect((await refusal(openStore(url))).failure).toBe('unsupported');
  });

  const broken: readonly [what: string, failure: StoreFailure, make: (file: string) => void][] = [
    ['a text file', 'foreign', (file) => writeFileSync(file, 'eid\n8904903212345\n'.repeat(100))],
    ['a folder', 'unsupported', (file) => mkdirSync(file)],
    [
      "another program's database",
      'foreign',
      (file) => new Database(file).exec('CREATE TABLE t (a)').close(),
    ],
  ];
  it.each(broken)('refuses %s as %s, naming it', async (_, failure, make) => {
    const file = newFile();
    make(file);
    const error = await refusal(openStore(file));
    expect(error.failure).toBe(failure);
    expect(error.message).toContain(file);
  });

  it.each(['eids.csv', 'seed.YAML', 'list.txt'])(
    'refuses the empty file %s, and leaves it empty',
    async (name) => {
      const file = `${newFile()}-${name}`;
      writeFileSync(file, '');
      const error = await refusal(openStore(file));
      expect(error.failure).toBe('foreign');
      expect(error.message).toMatch(
        /is an empty file, and \.\w+ is not the ending of a database; name another file/i,
      );
      expect(readFileSync(file).length).toBe(0);
    },
  );

  it.each(['', '.db', '.sqlite3', '.X8bQ1z'])(
    'fills an empty file whose name ends with %j',
    async (ending) => {
      const file = `${newFile().replaceAll('.', '_')}${ending}`;
      writeFileSync(file, '');
      await (await openStore(file)).close();
      expect(readFileSync(file).length).toBeGreaterThan(0);
    },
  );

  it("leaves another program's database as it was", async () => {
    const file = newFile();
    new Database(file).exec('CREATE TABLE t (a)').close();
    await refusal(openStore(file));
    const db = new Database(file);
    expect(db.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 't' }]);
    expect(db.pragma('journal_mode', { simple: true })).toBe('delete');
    db.close();
  });

  it('refuses a path that leads through a file', async () => {
    const file = newFile();
    writeFileSync(file, '');
    expect((await refusal(openStore(join(file, 'smdp.db')))).failure).toBe('unsupported');
  });

  it.skipIf(isRoot)(
    'refuses a file that may not be written (skipped for root, who may write anything)',
    async () => {
      const file = newFile();
      await (await openStore(file)).close();
      chmodSync(file, 0o400);
      expect((await refusal(openStore(file))).failure).toBe('read-only');
    },
  );

  it('says that the database is locked when another process keeps it so', async () => {
    const file = newFile();
    const store = await openSqliteStore(file, { busyTimeout: 20 });
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    expect((await refusal(store.createProfiles([released(1)]))).failure).toBe('locked');
    other.exec('COMMIT');
    expect(await store.createProfiles([released(1)])).toHaveLength(1);
    other.close();
    await store.close();
  });

  it('says that the store was closed', async () => {
    const store = await openStore(':memory:');
    await store.close();
    expect((await refusal(store.ping())).failure).toBe('closed');
    expect((await refusal(store.commit([]))).failure).toBe('closed');
    expect((await refusal(store.listProfiles({}, { limit: 1 }))).failure).toBe('closed');
  });

  it.each([
    ['SQLITE_FULL', 'full'],
    ['SQLITE_READONLY_DBMOVED', 'read-only'],
    ['SQLITE_CORRUPT_VTAB', 'damaged'],
    ['SQLITE_CANTOPEN', 'unreachable'],
    ['SQLITE_IOERR', 'failed'],
    ['EROFS', 'read-only'],
    ['ENOENT', 'unreachable'],
  ])('explains %s as %s', (code, failure) => {
    const explained = explain(new Database.SqliteError('told by SQLite', code), '/data/smdp.db');
    expect(explained).toBeInstanceOf(StoreError);
    expect(explained).toMatchObject({ failure, cause: { code } });
    expect((explained as StoreError).message).toContain('/data/smdp.db');
  });
});
