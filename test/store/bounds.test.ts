import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store, StoredNotification } from '../../src/store/index.js';
import { changesKept, eventsKept, idleKept } from '../../src/store/limits.js';
import { Connection } from '../../src/store/sqlite/connection.js';
import { openSqliteStore, sqliteStore } from '../../src/store/sqlite/index.js';
import { surplusSessions } from '../../src/store/sqlite/sessions.js';
import { removeSome } from '../../src/store/sqlite/span.js';
import { entry, made, notification, released, session, update } from './samples.js';
import { temporaryFiles } from './temporary-folder.js';

const newFile = temporaryFiles();
const day = 24 * 60 * 60 * 1000;

describe('no table grows without end', () => {
  let connection: Connection;
  let store: Store;
  beforeEach(() => {
    connection = Connection.open(':memory:');
    store = sqliteStore(connection);
  });
  afterEach(() => store.close());

  const count = (table: string, condition = 'true'): number =>
    connection.prepare<{ count: number }>(`SELECT count(*) AS count FROM ${table} WHERE ${condition}`).get()!
      .count;

  const record = (count: number, more: (index: number) => Partial<StoredNotification>) =>
    store.commit(
      Array.from({ length: count }, (_, index) => ({
        kind: 'recordNotification' as const,
        notification: notification({ key: null, ...more(index) }),
      })),
    );

  it.each([false, true])(
    'notifications without effect, verified: %s, are kept up to a number',
    async (verified) => {
      await record(1, () => ({ verified: !verified }));
      await record(idleKept.count + 50, (receivedAt) => ({ verified, receivedAt }));
      expect(count('notifications', `verified = ${Number(verified)}`)).toBe(idleKept.count);
      expect(count('notifications', 'received_at < 50')).toBe(1);
      expect(count('notifications')).toBe(idleKept.count + 1);
    },
  );

  it('notifications without effect are kept up to a number of octets, and the newest in any case', async () => {
    const quarter = { octets: Buffer.alloc(idleKept.octets / 4), verified: false };
    await record(9, () => quarter);
    expect(count('notifications')).toBe(4);
    await record(1, () => ({ octets: Buffer.alloc(idleKept.octets + 1), verified: false }));
    expect(count('notifications')).toBe(1);
  });

  it('notifications that changed a profile are kept up to a number for each profile', async () => {
    const [one, other] = [await made(store), await made(store, released(2))];
    await record(1, () => ({ key: 'other', profileId: other.id }));
    await record(eventsKept + 5, (index) => ({ key: `event/${index}`, profileId: one.id }));
    expect(await store.notifications(one.id)).toHaveLength(eventsKept);
    expect(await store.notifications(other.id)).toHaveLength(1);
    expect(await store.hasNotification(`event/${eventsKept + 4}`)).toBe(true);
  });

  it('the history of a profile holds its last changes', async () => {
    const { id } = await made(store);
    const changes = Array.from({ length: changesKept + 5 }, (_, index) =>
      update({ id, version: index + 1 }, {}, { ...entry, at: index }),
    );
    await store.commit(changes);
    const history = await store.history(id);
    expect(history).toHaveLength(changesKept);
    expect(history.at(-1)?.at).toBe(changesKept + 4);
  });

  it('sessions that wait for the device and those that wait for a result do not displace each other', async () => {
    for (let number = 1; number <= 6; number++) {
      const expiresAt = number <= 3 ? number * 100 : 30 * day + number;
      await store.commit([{ kind: 'createSession', session: session(number, { expiresAt }) }]);
    }
    for (const span of surplusSessions(connection, 0, 2)) removeSome(connection, span, 10);
    const left = [1, 2, 3, 4, 5, 6].map((number) => store.session(session(number).transactionId));
    expect((await Promise.all(left)).map((found) => found !== undefined)).toEqual([
      ...[false, true, true],
      ...[false, true, true],
    ]);
  });
});

describe('a file shrinks when what was in it is gone', () => {
  const sizeOf = (file: string): number => statSync(file).size;
  const upp = Buffer.alloc(16 * 1024 * 1024);
  const large = { name: 'large', definition: '{}', upp, updatedAt: 1 };

  async function fillAndEmpty(file: string): Promise<void> {
    const store = await openSqliteStore(file);
    await store.saveProfileType(large);
    await store.deleteProfileType('large');
    await store.purge(0);
    await store.close();
  }

  it('of a new database', async () => {
    const file = newFile();
    await fillAndEmpty(file);
    expect(sizeOf(file)).toBeLessThan(upp.length / 2);
  });

  it('of a database that was made before files could shrink', async () => {
    const file = newFile();
    const before = await openSqliteStore(file);
    const profile = await made(before);
    await before.close();
    const raw = new Database(file);
    raw.pragma('journal_mode = DELETE');
    raw.pragma('auto_vacuum = NONE');
    raw.exec('VACUUM');
    raw.close();
    await fillAndEmpty(file);
    expect(sizeOf(file)).toBeLessThan(upp.length / 2);
    const after = await openSqliteStore(file);
    expect(await after.profile(profile.id)).toEqual(profile);
    await after.close();
  });
});
