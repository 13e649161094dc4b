import { existsSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrateDatabase, openStore, schemaStatus } from '../../src/store/index.js';
import { migrate } from '../../src/store/sqlite/migrate.js';
import { migrations } from '../../src/store/sqlite/migrations/index.js';
import { migrations as ofPostgres } from '../../src/store/postgres/migrations/index.js';
import { freshSchema, query, withoutPostgres } from '../support/postgres/index.js';
import { made } from './samples.js';
import { temporaryFiles } from './temporary-folder.js';

const newFile = temporaryFiles();
const current = migrations.length;

/** A file with the tables of an earlier version. */
function fileOf(version: number): string {
  const file = newFile();
  const db = new Database(file);
  migrate(db, file, migrations.slice(0, version));
  db.close();
  return file;
}

describe('the schema of an SQLite file', () => {
  it('is version 0 where there is no file, and asking makes none', async () => {
    const file = newFile();
    expect(await schemaStatus(file)).toEqual({ description: `SQLite in ${file}`, version: 0, current });
    expect(existsSync(file)).toBe(false);
  });

  it('is told without a change, and then migrated', async () => {
    const file = fileOf(8);
    expect(await schemaStatus(file)).toMatchObject({ version: 8, current });
    expect(await schemaStatus(file)).toMatchObject({ version: 8 });
    expect(await migrateDatabase(file)).toMatchObject({ version: 8, current });
    expect(await schemaStatus(file)).toMatchObject({ version: current });
    expect(await migrateDatabase(file)).toMatchObject({ version: current });
    await (await openStore(file)).close();
  });

  it('is refused if a newer version or another program has made it', async () => {
    const newer = fileOf(current);
    const db = new Database(newer);
    db.pragma(`user_version = ${current + 1}`);
    db.close();
    const other = newFile();
    writeFileSync(
      other,
      'plain text, longer than the header of an SQLite file, which has 100 octets'.repeat(9),
    );
    for (const act of [schemaStatus, migrateDatabase]) {
      await expect(act(newer)).rejects.toMatchObject({ failure: 'newer' });
      await expect(act(other)).rejects.toMatchObject({ failure: 'foreign' });
    }
  });
});

describe.skipIf(withoutPostgres !== undefined)(withoutPostgres ?? 'the schema on PostgreSQL', () => {
  const newest = ofPostgres.length;

  it('is version 0 before there are tables, and asking makes none', async () => {
    const address = await freshSchema();
    const schema = new URL(address).searchParams.get('schema');
    expect(await schemaStatus(address)).toMatchObject({ version: 0, current: newest });
    const found = `SELECT 1 FROM information_schema.schemata WHERE schema_name = '${schema}'`;
    expect(await query(address, found)).toEqual([]);
  });

  it('is made once by several that migrate at the same moment', async () => {
    const address = await freshSchema();
    const all = await Promise.all(Array.from({ length: 5 }, () => migrateDatabase(address)));
    expect(all.map(({ version }) => version).sort((one, other) => one - other)).toEqual([
      0,
      ...Array.from({ length: 4 }, () => newest),
    ]);
    expect(await schemaStatus(address)).toMatchObject({ version: newest });
  });

  it('that is newer is refused by migrate, and used by a server that it is made for', async () => {
    const address = await freshSchema();
    await migrateDatabase(address);
    await query(
      address,
      'ALTER TABLE profiles ADD COLUMN later TEXT; UPDATE mock_smdp SET version = version + 1',
    );
    for (const act of [schemaStatus, migrateDatabase])
      await expect(act(address)).rejects.toMatchObject({ failure: 'newer' });

    const store = await openStore(address);
    expect(await store.profile((await made(store)).id)).toBeDefined();
    await store.close();
    expect(await query(address, 'SELECT version FROM mock_smdp')).toEqual([{ version: String(newest + 1) }]);

    await query(address, 'UPDATE mock_smdp SET usable_from = version');
    await expect(openStore(address)).rejects.toMatchObject({ failure: 'newer' });
  });

  it('of a build that knew no oldest usable version gets one', async () => {
    const address = await freshSchema();
    await migrateDatabase(address);
    await query(address, 'ALTER TABLE mock_smdp DROP COLUMN usable_from');
    expect(await migrateDatabase(address)).toMatchObject({ version: newest });
    expect(await query(address, 'SELECT usable_from FROM mock_smdp')).toEqual([{ usable_from: '1' }]);
  });
});
