import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.js';
import { describeStore } from './contract.js';
import { eid, entry, iccid, made, released, session, update } from './samples.js';
import { temporaryFiles } from './temporary-folder.js';

const newFile = temporaryFiles();

describeStore('SQLite in memory', () => openSqliteStore(':memory:'));
describeStore('SQLite in a file', () => openSqliteStore(newFile()));

describe('SQLite in a file', () => {
  it('has everything when it is opened again', async () => {
    const file = newFile();
    const before = await openSqliteStore(file);
    const profile = await made(before, released(1, { matchingId: '', eid }));
    const begun = session(1, { profileId: profile.id });
    await before.commit([
      update(profile, { state: 'Downloaded' }, entry),
      { kind: 'createSession', session: begun },
    ]);
    expect(await before.nextNumber('n')).toBe(1);
    await before.close();

    const after = await openSqliteStore(file);
    expect(await after.profilesForEid(eid)).toEqual([{ ...profile, state: 'Downloaded', version: 2 }]);
    expect(await after.history(profile.id)).toEqual([entry]);
    expect(await after.session(begun.transactionId)).toEqual(begun);
    expect((await after.countProfiles()).Downloaded).toBe(1);
    expect(await after.nextNumber('n')).toBe(2);
    await after.close();
  });

  it('lets exactly one of two connections win a race for one version, every time', async () => {
    const file = newFile();
    const [left, right] = [await openSqliteStore(file), await openSqliteStore(file)];
    const { id } = await made(left);
    for (let round = 0; round < 50; round++) {
      const version = round + 1;
      const racers = [left, right, right, left].map((store) =>
        store.commit([update({ id, version }, { label: String(round) }, entry)]),
      );
      expect((await Promise.all(racers)).filter((won) => won)).toHaveLength(1);
    }
    expect(await right.history(id)).toHaveLength(50);
    await left.close();
    await right.close();
  });

  it('ends the leases of others when a server starts', async () => {
    const store = await openSqliteStore(newFile());
    const { id: profileId } = await made(store);
    const call = { profileId, operator: 'o', iccid: iccid(1), body: 'a', queuedAt: 5 };
    await store.commit([{ kind: 'queueCallback', call }]);
    expect(await store.leaseCallbacks('o', 100, 110, 10)).toHaveLength(1);
    await store.endLeases();
    expect(await store.leaseCallbacks('o', 101, 111, 10)).toHaveLength(1);
    await store.close();
  });

  it('shows one connection what the other has committed', async () => {
    const file = newFile();
    const [left, right] = [await openSqliteStore(file), await openSqliteStore(file)];
    const profile = await made(left);
    expect(await right.profile(profile.id)).toEqual(profile);
    await left.close();
    await right.close();
  });

  it('can be read and written by its owner only, the side files too', async () => {
    const file = newFile();
    const store = await openSqliteStore(file);
    await made(store);
    await store.saveSnapshot('one');
    const snapshot = `${file}.snapshots/one.snapshot`;
    for (const name of [file, `${file}-wal`, `${file}-shm`, snapshot])
      expect(statSync(name).mode & 0o077).toBe(0);
    await store.close();
  });
});
