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
