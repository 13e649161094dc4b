import { renameSync, rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Connection } from '../../src/store/sqlite/connection.js';
import { sqliteStore } from '../../src/store/sqlite/index.js';
import { notification } from './samples.js';
import { temporaryFiles } from './temporary-folder.js';

const newFile = temporaryFiles();

const tables = (connection: Connection) =>
  connection.prepare('SELECT name FROM sqlite_master ORDER BY name').all();

it('a database that could not grow answers no ping until it can be written again', async () => {
  const connection = Connection.open(newFile());
  const store = sqliteStore(connection);
  const before = tables(connection);
  const { pages } = connection
    .prepare<{ pages: number }>('SELECT page_count AS pages FROM pragma_page_count')
    .get()!;
  const large = notification({ key: null, octets: Buffer.alloc(1_000_000) });
  const write = () => store.commit([{ kind: 'recordNotification', notification: large }]);
  const limit = (to: number) => connection.prepare(`PRAGMA max_page_count = ${to}`).get();

  limit(pages);
  await expect(store.ping()).resolves.toBeUndefined();
  await expect(write()).rejects.toMatchObject({ failure: 'full' });
  await expect(store.ping()).rejects.toMatchObject({ name: 'StoreError', failure: 'full' });
  await expect(store.ping()).rejects.toMatchObject({ failure: 'full' });
  await expect(store.countProfiles()).resolves.toBeDefined();

  limit(1_000_000);
  await expect(store.ping()).resolves.toBeUndefined();
  expect(await write()).toBe(true);
  expect(tables(connection)).toEqual(before);
  await store.close();
});

it('a database whose file was deleted or replaced answers no ping', async () => {
  const [file, other] = [newFile(), newFile()];
  const store = sqliteStore(Connection.open(file));
  await sqliteStore(Connection.open(other)).close();
  await expect(store.ping()).resolves.toBeUndefined();
  rmSync(file);
  await expect(store.ping()).rejects.toMatchObject({ name: 'StoreError', failure: 'unreachable' });
  renameSync(other, file);
  await expect(store.ping()).rejects.toThrow('deleted or replaced');
  await store.close();
});
