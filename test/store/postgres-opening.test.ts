import { describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/store/index.js';
import { DuplicateError, StoreError } from '../../src/store/errors.js';
import { explain } from '../../src/store/postgres/explain.js';
import { migrations } from '../../src/store/postgres/migrations/index.js';
import { freshSchema, query, withoutPostgres } from '../support/postgres/index.js';
import { made, released } from './samples.js';

const refusal = async (address: string): Promise<StoreError> => {
  const opened: unknown = await openStore(address).catch((error: unknown) => error);
  if (opened instanceof StoreError) return opened;
  await (opened as Store).close();
  throw new Error('it was opened');
};

describe.skipIf(withoutPostgres !== undefined)(withoutPostgres ?? 'opening PostgreSQL', () => {
  it('makes the tables once when several instances start at the same moment', async () => {
    const address = await freshSchema();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(address)));
    const profile = await made(stores[0]!);
    for (const store of stores) expect(await store.profile(profile.id)).toEqual(profile);
    await Promise.all(stores.map((store) => store.close()));
    expect(await query(address, 'SELECT version FROM mock_smdp')).toEqual([
      { version: String(migrations.length) },
    ]);
  });

  it('names the place without user and password', async () => {
    const store = await openStore(await freshSchema('named'));
    expect(store.description).toMatch(/^PostgreSQL at [^@]+, schema named$/);
    await store.close();
  });

  it('refuses a schema with tables of another program, and leaves it alone', async () => {
    const address = await freshSchema();
    const schema = new URL(address).searchParams.get('schema');
    await query(address, `CREATE SCHEMA ${schema}; CREATE TABLE profiles (a int)`);
    expect(await refusal(address)).toMatchObject({ failure: 'foreign' });
    const tables = `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${schema}'`;
    expect(await query(address, tables)).toEqual([{ name: 'profiles' }]);
  });

  it('refuses a database of a newer version', async () => {
    const address = await freshSchema();
    await (await openStore(address)).close();
    await query(address, 'UPDATE mock_smdp SET version = 99, usable_from = 99');
    const error = await refusal(address);
    expect(error.failure).toBe('newer');
    expect(error.message).toContain('version 99');
  });

  it('finds everything again', async () => {
    const address = await freshSchema();
    const before = await openStore(address);
    const profile = await made(before);
    await before.close();
    const after = await openStore(address);
    expect(await after.profile(profile.id)).toEqual(profile);
    await after.close();
  });

  it('keeps any text, as SQLite does', async () => {
    const texts = ['a\0b', '\0', '\x1a', '\x1a0', '\x1a\x1a\0', 'a\\b\tc\nd\re', '\ud800', '🗻', "'; --"];
    const stores = [await openStore(await freshSchema()), await openStore(':memory:')];
    const [ours, theirs] = await Promise.all(
      stores.map(async (store) => {
        const plain = texts.map((label, index) => released(index, { label, matchingId: `M${label}` }));
        const copied = texts.map((label, index) => released(100 + index, { label, matchingId: `B${label}` }));
        await store.createProfiles(plain);
        const batch = (await store.openBatch('test'))!;
        await store.addToBatch(batch, copied);
        await store.closeBatch(batch);
        const { items } = await store.listProfiles({}, { limit: 100 });
        const byLabel = await Promise.all(texts.map((label) => store.listProfiles({ label }, { limit: 9 })));
        const duplicate = await store
          .createProfiles([released(99, { matchingId: 'Ma\0b' })])
          .catch((error: unknown) => error);
        return {
          labels: items.map(({ label }) => label),
          matchingIds: items.map(({ matchingId }) => matchingId),
          found: byLabel.map((page) => page.items.length),
          duplicate,
        };
      }),
    );
    expect(ours).toEqual(theirs);
    expect(ours?.labels.slice(0, 6)).toEqual(texts.slice(0, 6));
    expect(ours?.duplicate).toEqual(new DuplicateError('matchingId', 'Ma\0b'));
    await Promise.all(stores.map((store) => store.close()));
  });
});

describe('an address of PostgreSQL that cannot be used', () => {
  it.each([
    ['postgres://smdp:secret@127.0.0.1:1/smdp', 'unreachable'],
    ['postgres://smdp:secret@nowhere.invalid/smdp', 'unreachable'],
    ['postgres://smdp:secret@[/smdp', 'unsupported'],
    ['postgres://smdp:secret@localhost/smdp?schema=A-b', 'unsupported'],
    ['postgres://smdp:secret@localhost/smdp?connections=1', 'unsupported'],
    ['postgres://localhost/smdp?password=secret&sslmod=require', 'unsupported'],
    ['postgres://smdp:secret@localhost/smdp?application_name=x', 'unsupported'],
  ])('%s is refused as %s, without its password', async (address, failure) => {
    const error = await refusal(address);
    expect(error.failure).toBe(failure);
    expect(error.message).not.toContain('secret');
  });

  it.each([
    ['ECONNREFUSED', 'unreachable'],
    ['28P01', 'unreachable'],
    ['3D000', 'unreachable'],
    ['57P03', 'unreachable'],
    ['53300', 'unreachable'],
    ['53100', 'full'],
    ['25006', 'read-only'],
    ['42501', 'read-only'],
    ['XX001', 'damaged'],
    ['57014', 'locked'],
    ['42P01', 'failed'],
  ])('explains %s as %s', (code, failure) => {
    const explained = explain(Object.assign(new Error('told by PostgreSQL'), { code }), 'db/smdp');
    expect(explained).toMatchObject({ name: 'StoreError', failure, cause: { code } });
    expect((explained as StoreError).message).toContain('db/smdp');
  });
});
