import { describe, expect, it } from 'vitest';
import type { MdmList } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { eid, entry, iccid, made, notification, released, session, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

const list: MdmList = {
  pool: 'smdp',
  namespace: '',
  version: 1,
  provider: 'smdp.example.com',
  createdAt: 1,
  updatedAt: 1,
};

export function poolSuite(open: OpenStore): void {
  describe('pools', () => {
    const store = freshStore(open);
    const contactOf = async (id: number) => (await store().contacts([id])).get(id);

    it('names of all that a profile or a list of an MDM is in, each once', async () => {
      await store().createProfiles([
        released(1, { pool: 'zoo' }),
        released(2, { pool: 'ape' }),
        released(3, { pool: 'zoo' }),
        released(4),
      ]);
      await store().commit([{ kind: 'saveMdmList', list }]);
      expect(await store().poolNames()).toEqual(['ape', 'smdp', 'zoo']);
    });

    it('no name where there is none', async () => {
      await made(store());
      expect(await store().poolNames()).toEqual([]);
    });

    it('no name of one that is only being filled', async () => {
      await store().createProfiles([released(1, { pool: 'old' })]);
      const batch = (await store().openBatch('test'))!;
      await store().addToBatch(batch, [released(2, { pool: 'new' }), released(3, { pool: 'old' })]);
      expect(await store().poolNames()).toEqual(['old']);
      await store().closeBatch(batch);
      expect(await store().poolNames()).toEqual(['new', 'old']);
    });

    it('the number of profiles in one, without those that are not in sight yet', async () => {
      await store().createProfiles([released(1, { pool: 'a' }), released(2, { pool: 'b' })]);
      const batch = (await store().openBatch('test'))!;
      await store().addToBatch(batch, [released(3, { pool: 'a' })]);
      expect(await store().poolSize('a')).toBe(1);
      await store().closeBatch(batch);
      expect(await store().poolSize('a')).toBe(2);
      expect(await store().poolSize('c')).toBe(0);
    });

    it('one list of an MDM per provider', async () => {
      expect(await store().commit([{ kind: 'saveMdmList', list }])).toBe(true);
      expect(await store().commit([{ kind: 'saveMdmList', list: { ...list, pool: 'other' } }])).toBe(false);
      expect(await store().mdmListOf(list.provider)).toEqual(list);
      expect(await store().mdmList('smdp')).toEqual(list);
      expect(await store().mdmList('other')).toBeUndefined();
    });

    it('a list that is saved again, if nobody else has done so, under the time at which it was made', async () => {
      const next: MdmList = { ...list, version: 2, createdAt: 2, updatedAt: 2 };
      await store().commit([{ kind: 'saveMdmList', list }]);
      expect(await store().commit([{ kind: 'saveMdmList', list }])).toBe(false);
      expect(await store().commit([{ kind: 'saveMdmList', list: next }])).toBe(true);
      expect(await store().commit([{ kind: 'saveMdmList', list: next }])).toBe(false);
      expect(await store().mdmList('smdp')).toEqual({ ...next, createdAt: 1 });
    });

    it('no list any more once it is deleted', async () => {
      await store().commit([{ kind: 'saveMdmList', list }]);
      await store().commit([{ kind: 'deleteMdmList', pool: 'smdp' }]);
      expect(await store().mdmListOf(list.provider)).toBeUndefined();
    });

    it('no contact with a profile that no device has asked for', async () => {
      const { id, version } = await made(store());
      await store().commit([update({ id, version }, {}, { ...entry, trigger: 'release' })]);
      expect(await contactOf(id)).toEqual({ at: null, lastStatus: null, isOngoing: false });
    });

    it('the time and the outcome of the last contact', async () => {
      const { id, version } = await made(store());
      const byDevice = { ...entry, transactionId: '0A', at: 50 };
      await store().commit([update({ id, version }, {}, { ...byDevice, status: '8.2.10/4.2' })]);
      expect(await contactOf(id)).toEqual({ at: 50, lastStatus: '8.2.10/4.2', isOngoing: true });
      await store().commit([update({ id, version: version + 1 }, {}, { ...byDevice, at: 60 })]);
      expect(await contactOf(id)).toEqual({ at: 60, lastStatus: null, isOngoing: true });
      await store().commit([update({ id, version: version + 2 }, {}, { ...entry, trigger: 'reset' })]);
      expect(await contactOf(id)).toEqual({ at: 60, lastStatus: null, isOngoing: false });
    });

    it('how many profiles of one had which contact', async () => {
      const numbers = [1, 2, 3, 4, 5];
      await store().createProfiles(numbers.map((number) => released(number, { pool: 'a' })));
      await store().createProfiles([released(6, { pool: 'b' })]);
      const ids = new Map(
        (await store().listProfiles({ pool: 'a' }, { limit: 10 })).items.map(
          ({ iccid: one, id, version }) => [one, { id, version }],
        ),
      );
      const of = (number: number) => ids.get(iccid(number))!;
      const byDevice = { ...entry, transactionId: '0A', at: 50 };
      await store().commit([update(of(1), {}, { ...byDevice, status: '8.2.10/4.2' })]);
      await store().commit([update(of(2), { state: 'Downloaded' }, byDevice)]);
      await store().commit([update(of(3), { state: 'Installed' }, byDevice)]);
      const open = session(1, { profileId: of(4).id, state: 'authenticated' });
      await store().commit([{ kind: 'createSession', session: open }]);
      const batch = (await store().openBatch('test'))!;
      await store().addToBatch(batch, [released(7, { pool: 'a' })]);
      const counts = await store().contactCounts('a');
      const one = (state: string, lastStatus: string | null, isOngoing: boolean) => ({
        ...{ state, lastStatus, isOngoing, count: 1 },
      });
      expect(counts).toHaveLength(5);
      expect(counts).toEqual(
        expect.arrayContaining([
          one('Released', '8.2.10/4.2', true),
          one('Downloaded', null, true),
          one('Installed', null, false),
          one('Released', null, true),
          one('Released', null, false),
        ]),
      );
      expect(await store().contactCounts('c')).toEqual([]);
    });

    it('contacts by sessions and notifications', async () => {
      const { id } = await made(store());
      const open = session(1, { profileId: id, state: 'authenticated', createdAt: 70 });
      await store().commit([{ kind: 'createSession', session: open }]);
      expect(await contactOf(id)).toEqual({ at: 70, lastStatus: null, isOngoing: true });
      await store().commit([
        { kind: 'endSessions', profileId: id },
        { kind: 'recordNotification', notification: notification({ profileId: id, receivedAt: 80 }) },
      ]);
      expect(await contactOf(id)).toEqual({ at: 80, lastStatus: null, isOngoing: false });
    });
  });

  describe('commits that make and remove profiles', () => {
    const store = freshStore(open);

    it('make them together with everything else, or not at all', async () => {
      const { id, version } = await made(store());
      const changes = (at: number) => [
        { kind: 'createProfiles' as const, profiles: [released(2, { pool: 'p' })] },
        update({ id, version: at }, { label: 'a' }),
      ];
      expect(await store().commit(changes(version + 1))).toBe(false);
      expect(await store().profilesByIccid(iccid(2))).toEqual([]);
      expect(await store().commit(changes(version))).toBe(true);
      expect(await store().poolSize('p')).toBe(1);
      expect((await store().countProfiles()).Released).toBe(2);
    });

    it('make none where an identifier is taken', async () => {
      await made(store());
      const profiles = [released(2), released(1)];
      await expect(store().commit([{ kind: 'createProfiles', profiles }])).rejects.toMatchObject({
        name: 'DuplicateError',
        value: iccid(1),
      });
      expect((await store().countProfiles()).Released).toBe(1);
    });

    it('remove one with its history, sessions and notifications, if it has the version', async () => {
      const { id, version } = await made(store(), released(1, { matchingId: 'A', eid }));
      await store().commit([
        update({ id, version }, {}, entry),
        { kind: 'createSession', session: session(1, { profileId: id }) },
        { kind: 'recordNotification', notification: notification({ profileId: id }) },
      ]);
      expect(await store().commit([{ kind: 'removeProfile', id, version }])).toBe(false);
      expect(await store().commit([{ kind: 'removeProfile', id, version: version + 1 }])).toBe(true);
      expect(await store().profile(id)).toBeUndefined();
      expect(await store().history(id)).toEqual([]);
      expect(await store().session(session(1).transactionId)).toBeUndefined();
      expect((await store().countProfiles()).Released).toBe(0);
      await made(store(), released(1, { matchingId: 'A', eid }));
    });
  });
}
