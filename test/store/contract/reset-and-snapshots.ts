import { describe, expect, it } from 'vitest';
import { BatchAbandonedError, type Store } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { eid, entry, iccid, made, notification, released, session, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

const type = { name: 'mine', definition: '{}', upp: Buffer.from('30', 'hex'), updatedAt: 1 };

/** A profile with something of each kind that is kept about it. */
async function filled(store: Store): Promise<number> {
  const profile = await made(store, released(1, { matchingId: 'M-1' }));
  const profileId = profile.id;
  await store.commit([
    update(profile, { state: 'Downloaded' }, entry),
    { kind: 'createSession', session: session(1, { profileId }) },
    { kind: 'recordNotification', notification: notification({ profileId }) },
    {
      kind: 'saveBinding',
      binding: { profileId, eid, euiccOtpk: Buffer.alloc(65), smdpOtsk: Buffer.alloc(32), installedAt: null },
    },
  ]);
  await store.saveProfileType(type);
  await store.nextNumber('n');
  return profileId;
}

async function expectFilled(store: Store, id: number): Promise<void> {
  expect(await store.profile(id)).toMatchObject({ iccid: iccid(1), state: 'Downloaded', version: 2 });
  expect(await store.history(id)).toEqual([entry]);
  expect(await store.session(Buffer.alloc(16, 1))).toMatchObject({ profileId: id });
  expect(await store.notifications(id)).toHaveLength(1);
  expect(await store.binding(id, eid)).toBeDefined();
  expect(await store.profileType('mine')).toEqual(type);
  expect(await store.countProfiles()).toMatchObject({ Downloaded: 1, Released: 0 });
}

/** Putting the database back: clearing it, and snapshots. */
export function putBackSuite(open: OpenStore): void {
  describe('put back', () => {
    const store = freshStore(open);

    it('is empty after it was cleared, and begins to count anew', async () => {
      const id = await filled(store());
      await store().clear();
      expect(await store().profile(id)).toBeUndefined();
      expect(await store().history(id)).toEqual([]);
      expect(await store().session(Buffer.alloc(16, 1))).toBeUndefined();
      expect(await store().hasNotification('install/0')).toBe(false);
      expect(await store().profileTypes()).toEqual([]);
      expect(await store().countProfiles()).toMatchObject({ Downloaded: 0, Released: 0 });
      expect(await store().nextNumber('n')).toBe(1);
    });

    it('takes the same profiles again after it was cleared, under ids that none had before', async () => {
      const id = await filled(store());
      await store().clear();
      expect(await filled(store())).toBeGreaterThan(id);
    });

    it('keeps what is to stay', async () => {
      await filled(store());
      await store().clear(['profileTypes']);
      expect(await store().profileType('mine')).toEqual(type);
      expect((await store().listProfiles({}, { limit: 10 })).items).toEqual([]);
    });

    it('stops an import that is under way', async () => {
      const batch = (await store().openBatch('owner'))!;
      await store().addToBatch(batch, [released(1)]);
      await store().clear();
      await expect(store().addToBatch(batch, [released(2)])).rejects.toThrow(BatchAbandonedError);
      expect(await store().openBatch('other')).toBeDefined();
    });

    it('has everything again that was there when the snapshot was taken, and nothing else', async () => {
      const id = await filled(store());
      expect(await store().saveSnapshot('before')).toMatchObject({ name: 'before' });
      await store().clear();
      const later = await made(store(), released(2));
      expect(await store().restoreSnapshot('before')).toBe(true);
      await expectFilled(store(), id);
      expect(await store().profile(later.id)).toBeUndefined();
      expect(await store().nextNumber('n')).toBe(2);
    });

    it('restores a snapshot as often as it is asked to', async () => {
      const id = await filled(store());
      await store().saveSnapshot('before');
      for (let round = 0; round < 3; round++) {
        const profile = (await store().profile(id))!;
        await store().commit([update(profile, { state: 'Installed' }, entry)]);
        expect(await store().restoreSnapshot('before')).toBe(true);
        await expectFilled(store(), id);
      }
    });

    it('replaces a snapshot that is taken again', async () => {
      await store().saveSnapshot('one');
      const { id } = await made(store());
      await store().saveSnapshot('one');
      await store().clear();
      await store().restoreSnapshot('one');
      expect(await store().profile(id)).toBeDefined();
    });

    it('lists snapshots by name, and forgets them', async () => {
      expect(await store().snapshots()).toEqual([]);
      await store().saveSnapshot('b');
      await store().saveSnapshot('a');
      expect((await store().snapshots()).map(({ name }) => name)).toEqual(['a', 'b']);
      expect(await store().deleteSnapshot('a')).toBe(true);
      expect(await store().deleteSnapshot('a')).toBe(false);
      expect(await store().restoreSnapshot('a')).toBe(false);
      expect((await store().snapshots()).map(({ name }) => name)).toEqual(['b']);
    });

    it.each(['', '../x', 'a/b', '.hidden', 'x'.repeat(65)])('takes no snapshot named %j', async (name) => {
      await expect(store().saveSnapshot(name)).rejects.toThrow(RangeError);
      await expect(store().restoreSnapshot(name)).rejects.toThrow(RangeError);
    });
  });
}
