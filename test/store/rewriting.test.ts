import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/store/index.js';
import { Connection } from '../../src/store/sqlite/connection.js';
import { sqliteStore } from '../../src/store/sqlite/index.js';
import { startProcess } from './processes.js';
import { eid, iccid, made, notification, released, update } from './samples.js';
import { temporaryFiles } from './temporary-folder.js';

const newFile = temporaryFiles();
const few = 10;
const many = 300;
/** Makes a database large enough for a thread of its own. */
const large = notification({ key: 'large', octets: Buffer.alloc(4_000_000) });

const profiles = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => released(from + index));

/** Has snapshots of a few and of many profiles, and many now. */
async function withSnapshots(store: Store): Promise<Store> {
  await store.createProfiles(profiles(1, few + 1));
  await store.commit([{ kind: 'recordNotification', notification: large }]);
  await store.saveSnapshot('few');
  await store.createProfiles(profiles(few + 1, many + 1));
  await store.saveSnapshot('many');
  return store;
}

const countIn = async (store: Store): Promise<number> => (await store.countProfiles()).Released;

describe.each([
  ['a file', newFile],
  ['memory', () => ':memory:'],
])('a large database in %s', (_, place) => {
  it('is restored and cleared for all who ask from then on', async () => {
    const store = await withSnapshots(await openStore(place()));
    const [isRestored, ...counts] = await Promise.all([
      store.restoreSnapshot('few'),
      ...Array.from({ length: 5 }, () => setTimeout(1).then(() => countIn(store))),
    ]);
    expect(isRestored).toBe(true);
    if (place() !== ':memory:') expect(counts).toEqual(counts.map(() => few));
    expect(await countIn(store)).toBe(few);
    await store.clear();
    expect(await countIn(store)).toBe(0);
    await store.close();
  });

  it('gives no id a second time', async () => {
    const store = await withSnapshots(await openStore(place()));
    const last = await made(store, released(many + 1));
    await store.restoreSnapshot('few');
    const next = await made(store, released(many + 2));
    expect(next.id).toBeGreaterThan(last.id);
    await store.close();
  });

  it('counts profiles and refuses unknown ones after it was restored as before', async () => {
    const store = await withSnapshots(await openStore(place()));
    await store.restoreSnapshot('few');
    const [profile] = await store.profilesByIccid(iccid(1));
    expect(await store.commit([{ kind: 'removeProfile', id: profile!.id, version: 1 }])).toBe(true);
    expect(await countIn(store)).toBe(few - 1);
    const binding = { profileId: 999_999, eid, euiccOtpk: Buffer.alloc(65), smdpOtsk: Buffer.alloc(32) };
    const orphan = { kind: 'saveBinding' as const, binding: { ...binding, installedAt: null } };
    await expect(store.commit([orphan])).rejects.toThrow('FOREIGN KEY');
    await store.close();
  });
});

describe('a large database in a file that is being restored', () => {
  it('answers pings meanwhile, and commits what was asked for meanwhile to the restored state', async () => {
    const store = await withSnapshots(await openStore(newFile()));
    const order: string[] = [];
    const restored = store.restoreSnapshot('few').then(() => order.push('restored'));
    await store.ping();
    order.push('ping');
    const [profile] = await store.profilesByIccid(iccid(1));
    const [isDone] = await Promise.all([store.commit([update(profile!, { label: 'after' })]), restored]);
    expect(order).toEqual(['ping', 'restored']);
    expect(isDone).toBe(true);
    expect((await store.profilesByIccid(iccid(1)))[0]?.label).toBe('after');
    await store.close();
  });

  it('has commits wait that were asked for in the turn before', async () => {
    const store = await withSnapshots(await openStore(newFile()));
    const done = store.createProfiles([released(many + 5)]).then(() => 'made');
    const [profile] = await store.profilesByIccid(iccid(1));
    const late = store.commit([update(profile!, { label: 'late' })]);
    const restored = store.restoreSnapshot('few');
    expect(await Promise.all([done, late, restored])).toEqual(['made', true, true]);
    expect((await store.profilesByIccid(iccid(1)))[0]?.label).toBe('late');
    await store.close();
  });

  it('is seen by another connection as it was or as it will be', async () => {
    const file = newFile();
    const [store, other] = [await withSnapshots(await openStore(file)), await openStore(file)];
    let isOver = false;
    const seen = new Set<number>();
    const restored = store.restoreSnapshot('few').finally(() => (isOver = true));
    while (!isOver) {
      seen.add(await countIn(other));
      await setTimeout(1);
    }
    await restored;
    seen.add(await countIn(other));
    expect([...seen]).toEqual(seen.has(many) ? [many, few] : [few]);
    await Promise.all([store.close(), other.close()]);
  });

  it('stays as it was where the snapshot can not be read to its end', async () => {
    const file = newFile();
    const connection = Connection.open(file);
    const store = await withSnapshots(sqliteStore(connection));
    const pages = Buffer.alloc(8192, 0xff);
    writeFileSync(`${file}.snapshots/few.snapshot`, pages, { flag: 'r+', flush: true });
    await expect(store.restoreSnapshot('few')).rejects.toMatchObject({ name: 'StoreError' });
    expect(await countIn(store)).toBe(many);
    await store.close();
  });

  it('is closed when it is restored', async () => {
    const file = newFile();
    const store = await withSnapshots(await openStore(file));
    const restored = store.restoreSnapshot('few');
    await Promise.all([store.close(), restored]);
    const again = await openStore(file);
    expect(await countIn(again)).toBe(few);
    await again.close();
  });
});

const kills = 5;

it(`a process killed while it restores leaves the one or the other state (${kills} kills)`, async () => {
  const file = newFile();
  await (await withSnapshots(await openStore(file))).close();
  for (let kill = 0; kill < kills; kill++) {
    const child = await startProcess('restoring-process.ts', { DATABASE: file });
    await once(child.stdout!, 'data');
    await setTimeout(Math.random() * 60);
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    const store = await openStore(file);
    const count = await countIn(store);
    expect([few, many]).toContain(count);
    expect((await store.listProfiles({}, { limit: 1000 })).items).toHaveLength(count);
    const [profile] = await store.profilesByIccid(iccid(1));
    expect(await store.commit([{ kind: 'removeProfile', id: profile!.id, version: 1 }])).toBe(true);
    expect(await countIn(store)).toBe(count - 1);
    await store.close();
  }
}, 120_000);
