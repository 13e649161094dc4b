import { readdirSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { migrate } from '../../src/store/sqlite/migrate.js';
import { migrations } from '../../src/store/sqlite/migrations/index.js';
import { made } from './samples.js';
import { temporaryFiles } from './temporary-folder.js';

const newFile = temporaryFiles();
const version = (db: Database.Database) => db.pragma('user_version', { simple: true });
const schema = (db: Database.Database) =>
  db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const numbers = (folder: string): number[] =>
  readdirSync(new URL(folder, import.meta.url))
    .map((name) => parseInt(name, 10))
    .filter((number) => !Number.isNaN(number))
    .sort((one, other) => one - other);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('the steps', () => {
  it('are files in one sequence without gaps, in the order in which they are made', () => {
    expect(numbers('../../src/store/sqlite/migrations/')).toEqual(upTo(migrations.length));
    const imported = [
      ...text('../../src/store/sqlite/migrations/index.ts').matchAll(/import \{ (\w+) \} from '\.\/(\d+)-/g),
    ];
    expect(imported.map(([, , number]) => Number(number))).toEqual(upTo(migrations.length));
    const listed = /= \[([^\]]*)\]/
      .exec(text('../../src/store/sqlite/migrations/index.ts'))![1]!
      .match(/\w+/g);
    expect(listed).toEqual(imported.map(([, name]) => name));
  });
});

describe('a database that a released version has written', () => {
  const released = numbers('released/');
  const written = (number: number, file: string): Database.Database => {
    const db = new Database(file);
    db.pragma('foreign_keys = OFF');
    db.exec(text(`released/${number}.sql`));
    return db;
  };
  const rowsOf = (db: Database.Database) =>
    Object.fromEntries(
      db
        .prepare<[], string>(
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        )
        .pluck()
        .all()
        .map((table) => [table, db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]),
    );

  it('is kept for each version that was released, without gaps', () => {
    expect(released).toEqual(upTo(released.length));
    expect(released.length).toBeGreaterThanOrEqual(8);
  });

  it.each(released)('version %d: has the schema that the steps up to there still make', (number) => {
    const db = written(number, ':memory:');
    const steps = new Database(':memory:');
    migrate(steps, ':memory:', migrations.slice(0, number));
    expect(schema(db)).toEqual(schema(steps));
    expect(version(db)).toBe(number);
    db.close();
    steps.close();
  });

  it.each(released)('version %d: opens, and keeps every row', async (number) => {
    const file = newFile();
    const db = written(number, file);
    const before = rowsOf(db);
    expect(before).toMatchObject({ profiles: 1, history: 1 });
    db.close();

    await (await openStore(file)).close();
    const migrated = new Database(file, { readonly: true });
    expect(version(migrated)).toBe(migrations.length);
    expect(rowsOf(migrated)).toMatchObject(before);
    migrated.close();
  });
});

describe('migrating', () => {
  it.each(migrations.map((_, earlier) => earlier))(
    'a database of version %d leads to the schema of a new one',
    async (earlier) => {
      const file = newFile();
      const db = new Database(file);
      migrate(db, file, migrations.slice(0, earlier));
      expect(version(db)).toBe(earlier);
      db.close();

      const store = await openStore(file);
      expect(await store.profile((await made(store)).id)).toBeDefined();
      await store.close();

      const fresh = new Database(':memory:');
      migrate(fresh, ':memory:');
      const migrated = new Database(file, { readonly: true });
      expect(schema(migrated)).toEqual(schema(fresh));
      expect(version(migrated)).toBe(migrations.length);
      migrated.close();
      fresh.close();
    },
  );

  it('a database of a newer version is refused and not touched', async () => {
    const file = newFile();
    await (await openStore(file)).close();
    const db = new Database(file);
    db.pragma(`user_version = ${migrations.length + 1}`);
    const before = schema(db);
    await expect(openStore(file)).rejects.toMatchObject({ name: 'StoreError', failure: 'newer' });
    expect(schema(db)).toEqual(before);
    expect(version(db)).toBe(migrations.length + 1);
    db.close();
  });

  it('keeps the steps before one that fails, and nothing of that one', () => {
    const db = new Database(':memory:');
    const steps = ['CREATE TABLE a (x)', 'CREATE TABLE b (x)', 'CREATE TABLE c (x); CREATE TABLE a (x)'];
    expect(() => migrate(db, ':memory:', steps)).toThrow(/already exists/);
    expect(version(db)).toBe(2);
    expect(db.prepare('SELECT name FROM sqlite_schema ORDER BY name').pluck().all()).toEqual(['a', 'b']);
    migrate(db, ':memory:', [...steps.slice(0, 2), 'CREATE TABLE c (x)']);
    expect(version(db)).toBe(3);
    db.close();
  });
});

describe('migrating to namespaces', () => {
  const before = migrations.findIndex((step) => step.includes('mdm_lists_of_all'));

  it('keeps profiles and lists of MDM systems, outside of all namespaces', async () => {
    const file = newFile();
    const db = new Database(file);
    migrate(db, file, migrations.slice(0, before));
    db.exec(`
      INSERT INTO profiles (version, iccid, shared_iccid, profile_type, state, confirmation_code_attempts_left, reuse, pool, created_at, updated_at)
      VALUES (1, '8949449999000000013', 0, 'generic', 'Released', 5, 'once', 'smdp', 1, 1);
      INSERT INTO mdm_lists VALUES ('smdp', 3, 'smdp.example.com', 1, 2);
    `);
    db.close();
    const store = await openStore(file);
    expect(await store.profilesByIccid('8949449999000000013')).toMatchObject([
      { namespace: '', pool: 'smdp' },
    ]);
    expect(await store.mdmListOf('smdp.example.com')).toEqual({
      ...{ pool: 'smdp', namespace: '', version: 3, provider: 'smdp.example.com' },
      ...{ createdAt: 1, updatedAt: 2 },
    });
    await store.close();
  });
});

describe('migrating to a download for each device', () => {
  const before = migrations.findIndex((step) => step.includes('TABLE downloads'));
  const eids = ['1', '2', '3'].map((last) => `8904903212345123451234567890123${last}`);

  it('takes what each device has from bindings and history', async () => {
    const file = newFile();
    const db = new Database(file);
    migrate(db, file, migrations.slice(0, before));
    const insert = `
      INSERT INTO profiles (id, version, iccid, shared_iccid, profile_type, state, installed_state, installed_seq_number,
        bound_transaction_id, eid, confirmation_code_attempts_left, reuse, created_at, updated_at)`;
    db.exec(`
      ${insert} VALUES (1, 4, '8949449999000000013', 0, 'generic', 'Installed', 'enabled', 7, x'0A', NULL, 5, 'unlimited', 1, 9);
      ${insert} VALUES (2, 4, '8949449999000000021', 0, 'generic', 'Installed', 'enabled', 7, x'0A', '${eids[0]}', 5, 'once', 1, 9);
    `);
    const bind = db.prepare('INSERT INTO bindings VALUES (?, ?, ?, NULL, ?)');
    for (const [profileId, eid, at] of [
      [1, eids[0], 8],
      [1, eids[1], null],
      [1, eids[2], 6],
      [2, eids[0], 8],
    ])
      bind.run(profileId, eid, Buffer.alloc(65), at);
    const write = db.prepare(`
      INSERT INTO history (profile_id, version, position, at, trigger_name, from_state, to_state, eid, transaction_id)
      VALUES (1, ?, 0, 1, 'getBoundProfilePackage', 'Released', 'Downloaded', ?, ?)`);
    [
      [eids[0], '0B'],
      [eids[1], '0C'],
      [eids[0], '0A'],
    ].forEach(([eid, transactionId], index) => write.run(index + 2, eid, transactionId));
    db.close();

    const store = await openStore(file);
    const unknown = { errorStatus: null, installedState: null, installedSeqNumber: null };
    const common = { profileId: 1, version: 1 };
    const [first, second, third] = await Promise.all(
      eids.map(async (eid) => (await store.sharedOrder(1, eid))?.download),
    );
    expect(first).toEqual({
      ...{ ...common, ...unknown, eid: eids[0], updatedAt: 8, state: 'Installed' },
      ...{ boundTransactionId: Buffer.from([0x0a]), installedState: 'enabled', installedSeqNumber: 7 },
    });
    expect(second).toEqual({
      ...{ ...common, ...unknown, eid: eids[1], updatedAt: 9, state: 'Downloaded' },
      boundTransactionId: Buffer.from([0x0c]),
    });
    expect(third).toEqual({
      ...{ ...common, ...unknown, eid: eids[2], updatedAt: 6, state: 'Installed' },
      boundTransactionId: null,
    });
    expect(await store.downloads(2, 9)).toEqual([]);
    await store.close();
  });
});
