import { describe, expect, it } from 'vitest';
import { DuplicateError, inNamespace, type MdmList, type Store } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { eid, iccid, made, released, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

const list: MdmList = {
  pool: 'smdp',
  namespace: '',
  version: 1,
  provider: 'smdp.example.com',
  createdAt: 1,
  updatedAt: 1,
};

export function namespaceSuite(open: OpenStore): void {
  describe('namespaces', () => {
    const store = freshStore(open);
    const one = (): Store => inNamespace(store(), 'one');
    const other = (): Store => inNamespace(store(), 'other');
    const listed = async (from: Store) =>
      (await from.listProfiles({}, { limit: 10 })).items.map(({ id }) => id);

    it('have profiles that only they see, beside a store that sees all', async () => {
      const given = released(1, { eid, matchingId: '' });
      const [mine, theirs, nobodys] = [
        await made(one(), given),
        await made(other(), given),
        await made(store(), given),
      ];
      expect([mine.namespace, theirs.namespace, nobodys.namespace]).toEqual(['one', 'other', '']);
      expect(await one().profile(mine.id)).toEqual(mine);
      expect(await one().profile(theirs.id)).toBeUndefined();
      expect(await one().profilesByIccid(iccid(1))).toEqual([mine]);
      expect(await one().profilesForEid(eid)).toEqual([mine]);
      expect(await listed(one())).toEqual([mine.id]);
      expect(await listed(inNamespace(store(), ''))).toEqual([nobodys.id]);
      expect(await listed(store())).toEqual([mine.id, theirs.id, nobodys.id]);
      expect(await store().profilesByIccid(iccid(1))).toEqual([nobodys, theirs, mine]);
    });

    it('have each ICCID once', async () => {
      await made(one());
      await made(other());
      await expect(made(one())).rejects.toEqual(new DuplicateError('iccid', iccid(1)));
      await expect(made(store(), released(1, { namespace: 'other' }))).rejects.toBeInstanceOf(DuplicateError);
    });

    it('share MatchingIDs, and say so of one that is taken in another', async () => {
      await made(one(), released(1, { matchingId: 'A' }));
      const second = made(other(), released(2, { matchingId: 'A' }));
      await expect(second).rejects.toEqual(new DuplicateError('matchingId', 'A', true));
      await expect(made(one(), released(2, { matchingId: 'A' }))).rejects.toEqual(
        new DuplicateError('matchingId', 'A'),
      );
      const mine = await made(other(), released(3));
      await expect(other().commit([update(mine, { matchingId: 'A' })])).rejects.toMatchObject({
        isElsewhere: true,
      });
      expect(await other().profileByMatchingId('A')).toBeUndefined();
    });

    it('make profiles with other changes, too', async () => {
      await one().commit([{ kind: 'createProfiles', profiles: [released(1)] }]);
      await other().createProfiles([], [{ kind: 'createProfiles', profiles: [released(1)] }]);
      expect(await store().namespaces()).toEqual(
        new Map([
          ['one', 1],
          ['other', 1],
        ]),
      );
    });

    it('are those that have profiles in sight', async () => {
      await made(store());
      expect(await store().namespaces()).toEqual(new Map());
      const batch = (await store().openBatch('test'))!;
      await one().addToBatch(batch, [released(2), released(3)]);
      expect(await store().namespaces()).toEqual(new Map());
      await store().closeBatch(batch);
      expect(await store().namespaces()).toEqual(new Map([['one', 2]]));
    });

    it('have Available profiles of their own', async () => {
      const available = released(1, { state: 'Available' });
      const mine = await made(one(), available);
      expect(await store().availableProfile('generic', null)).toBeUndefined();
      expect(await other().availableProfile('generic', null)).toBeUndefined();
      expect(await one().availableProfile('generic', null)).toEqual(mine);
    });

    it('fill batches with what belongs to them, and tell what is taken elsewhere', async () => {
      await made(one(), released(1, { matchingId: 'A' }));
      const batch = (await store().openBatch('test'))!;
      const outcomes = await other().addToBatch(batch, [released(1), released(2, { matchingId: 'A' })]);
      expect(outcomes).toEqual([undefined, new DuplicateError('matchingId', 'A', true)]);
      await store().closeBatch(batch);
      expect((await other().profilesByIccid(iccid(1))).length).toBe(1);
    });

    it('have nothing of each other in the way but a MatchingID, of which nothing else is told', async () => {
      const mine = await made(one(), released(1, { eid, matchingId: 'A', label: 'secret' }));
      const [same] = await one().conflictingProfiles([{ eid, matchingId: 'A', iccid: iccid(1) }]);
      expect(same).toMatchObject([{ id: mine.id, eid, label: 'secret' }]);
      const [apart] = await other().conflictingProfiles([{ eid, matchingId: 'B', iccid: iccid(1) }]);
      expect(apart).toEqual([]);
      const [taken] = await other().conflictingProfiles([{ eid, matchingId: 'A', iccid: iccid(1) }]);
      expect(taken).toMatchObject([{ matchingId: 'A', eid: null, iccid: '', label: null }]);
      const [forEid] = await store().conflictingProfiles([{ eid, matchingId: 'B' }]);
      expect(forEid).toEqual([]);
    });

    it('have pools with names of their own', async () => {
      await one().createProfiles([released(1, { pool: 'a' }), released(2, { pool: 'b' })]);
      await other().createProfiles([released(1, { pool: 'a' })]);
      await store().createProfiles([released(1, { pool: 'c' })]);
      expect(await one().poolNames()).toEqual(['a', 'b']);
      expect(await other().poolNames()).toEqual(['a']);
      expect(await inNamespace(store(), '').poolNames()).toEqual(['c']);
      expect(await store().poolNames()).toEqual(['a', 'b', 'c']);
      expect([await one().poolSize('a'), await other().poolSize('b'), await store().poolSize('a')]).toEqual([
        1, 0, 2,
      ]);
    });

    it('have one list of an MDM per provider each', async () => {
      for (const from of [one(), other(), store()])
        expect(await from.commit([{ kind: 'saveMdmList', list }])).toBe(true);
      expect(await one().commit([{ kind: 'saveMdmList', list }])).toBe(false);
      expect(await one().commit([{ kind: 'saveMdmList', list: { ...list, pool: 'x' } }])).toBe(false);
      expect(await one().commit([{ kind: 'saveMdmList', list: { ...list, version: 2 } }])).toBe(true);
      expect(await one().mdmListOf(list.provider)).toMatchObject({ namespace: 'one', version: 2 });
      expect(await other().mdmList('smdp')).toMatchObject({ namespace: 'other', version: 1 });
      expect(await store().mdmList('smdp')).toMatchObject({ namespace: '' });
      expect(await inNamespace(store(), 'third').poolNames()).toEqual([]);
    });

    it('lose their lists alone, or all of them at once', async () => {
      for (const from of [one(), other(), store()]) await from.commit([{ kind: 'saveMdmList', list }]);
      await one().commit([{ kind: 'deleteMdmList', pool: 'smdp' }]);
      expect(await one().mdmList('smdp')).toBeUndefined();
      expect(await other().mdmList('smdp')).toBeDefined();
      await store().commit([{ kind: 'deleteMdmList', pool: 'smdp' }]);
      expect(await other().mdmList('smdp')).toBeUndefined();
    });

    it('see calls to operators about their own profiles', async () => {
      const call = { operator: 'o', iccid: iccid(1), body: '{}', queuedAt: 1 };
      for (const from of [one(), other()])
        await store().commit([
          { kind: 'queueCallback', call: { ...call, profileId: (await made(from)).id } },
        ]);
      expect(await one().listCallbacks({}, 10)).toHaveLength(1);
      expect(await one().countCallbacks({ operator: 'o' })).toEqual({ waiting: 1, delivered: 0 });
      expect(await store().countCallbacks()).toEqual({ waiting: 2, delivered: 0 });
      for (const leased of await store().leaseCallbacks('o', 1, 2, 10))
        await store().callbackFailed(leased, 1000, 'refused');
      expect(await one().retryCallbacks()).toBe(1);
      expect(await store().retryCallbacks({ operator: 'o' })).toBe(1);
    });
  });
}
