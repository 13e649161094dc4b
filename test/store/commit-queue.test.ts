import { describe, expect, it } from 'vitest';
import { DuplicateError } from '../../src/store/index.js';
import { Connection } from '../../src/store/sqlite/connection.js';
import { openSqliteStore, sqliteStore } from '../../src/store/sqlite/index.js';
import { entry, made, notification, released, session, update } from './samples.js';
import { temporaryFiles } from './temporary-folder.js';

const newFile = temporaryFiles();

describe('commits that are asked for at once', () => {
  it('are written in one transaction', async () => {
    const connection = Connection.open(newFile());
    const store = sqliteStore(connection);
    const profiles = await store.createProfiles([released(1), released(2), released(3)]);
    let transactions = 0;
    const transaction = connection.transaction.bind(connection);
    connection.transaction = <T>(work: () => T): T => {
      if (!connection.inTransaction) transactions++;
      return transaction(work);
    };
    const done = profiles.map((profile) => store.commit([update(profile, { label: 'a' }, entry)]));
    expect(await Promise.all(done)).toEqual([true, true, true]);
    expect(transactions).toBe(1);
    await store.close();
  });

  it('are done each by itself, in the order in which they are asked for', async () => {
    const store = await openSqliteStore(newFile());
    await made(store, released(1, { matchingId: 'A-1' }));
    const profile = await made(store, released(2));
    const { transactionId } = session(1);
    const ended = {
      kind: 'updateSession',
      transactionId,
      from: 'initiated',
      set: { state: 'ended' },
    } as const;
    const atOnce = await Promise.allSettled([
      store.commit([{ kind: 'createSession', session: session(1) }]),
      store.commit([update(profile, { label: 'first' }, entry), ended]),
      store.commit([update({ ...profile, version: 2 }, { label: 'late' }, entry), ended]),
      store.commit([update({ ...profile, version: 2 }, { matchingId: 'A-1' })]),
      store.commit([update({ ...profile, version: 2 }, { label: 'last' })]),
    ]);
    expect(atOnce).toEqual([
      { status: 'fulfilled', value: true },
      { status: 'fulfilled', value: true },
      { status: 'fulfilled', value: false },
      { status: 'rejected', reason: new DuplicateError('matchingId', 'A-1') },
      { status: 'fulfilled', value: true },
    ]);
    expect(await store.profile(profile.id)).toMatchObject({
      label: 'last',
      version: 3,
      matchingId: null,
    });
    expect(await store.history(profile.id)).toEqual([entry]);
    expect((await store.session(transactionId))?.state).toBe('ended');
    await store.close();
  });

  it('are not seen before they are written, and then by other connections too', async () => {
    const file = newFile();
    const [store, other] = [await openSqliteStore(file), await openSqliteStore(file)];
    const profile = await made(store);
    const done = store.commit([update(profile, { label: 'a' })]);
    expect((await store.profile(profile.id))?.label).toBeNull();
    expect(await done).toBe(true);
    expect((await other.profile(profile.id))?.label).toBe('a');
    await store.close();
    await other.close();
  });

  it('are written before the store is closed', async () => {
    const file = newFile();
    const store = await openSqliteStore(file);
    const profile = await made(store);
    const done = store.commit([update(profile, { label: 'a' })]);
    await store.close();
    expect(await done).toBe(true);
    const again = await openSqliteStore(file);
    expect((await again.profile(profile.id))?.label).toBe('a');
    await again.close();
  });

  it('are all refused where the disk is full, and none of them is done', async () => {
    const file = newFile();
    const connection = Connection.open(file);
    const store = sqliteStore(connection);
    const [one, other] = await store.createProfiles([released(1), released(2)]);
    const { pages } = connection
      .prepare<{ pages: number }>('SELECT page_count AS pages FROM pragma_page_count')
      .get()!;
    connection.prepare(`PRAGMA max_page_count = ${pages + 10}`).get();
    const large = notification({ key: null, octets: Buffer.alloc(1_000_000) });
    const atOnce = await Promise.allSettled([
      store.commit([update(one!, { label: 'a' })]),
      store.commit([update(other!, { label: 'b' }), { kind: 'recordNotification', notification: large }]),
    ]);
    const full = { status: 'rejected', reason: expect.objectContaining({ failure: 'full' }) as unknown };
    expect(atOnce).toEqual([full, full]);
    expect(await store.profile(one!.id)).toEqual(one);
    expect(await store.profile(other!.id)).toEqual(other);
    expect(await store.commit([update(one!, { label: 'c' })])).toBe(true);
    await store.close();
  });
});
