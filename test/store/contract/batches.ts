import { describe, expect, it } from 'vitest';
import {
  BatchAbandonedError,
  DuplicateError,
  type NewProfile,
  type Store,
} from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { eid, iccid, otherEid, released, update } from '../samples.js';
import { freshStore } from './fresh-store.js';

const ordered = (number: number, more: Partial<NewProfile> = {}): NewProfile =>
  released(number, { eid, matchingId: '', ...more });

async function opened(store: Store, owner = 'somebody'): Promise<number> {
  const batch = await store.openBatch(owner);
  if (batch === undefined) throw new Error('another batch is open');
  return batch;
}

/** Every way to come upon the profiles of {@link everyKind}. */
const waysToSee: readonly [name: string, look: (store: Store) => Promise<unknown>][] = [
  ['by ICCID', (store) => store.profilesByIccid(iccid(1))],
  ['by EID', (store) => store.profilesForEid(eid)],
  ['by MatchingID', async (store) => [await store.profileByMatchingId('M-2')].filter(Boolean)],
  [
    'as stock',
    async (store) =>
      [await store.availableProfile('generic', null)].filter((profile) => profile !== undefined),
  ],
  ['in the way of others', async (store) => (await store.conflictingProfiles([{ eid, matchingId: '' }]))[0]],
  ['by the IMSI of its subscriber', (store) => store.profilesByImsi(['001010000000001'])],
  ...[
    {},
    { eid },
    { pool: 'p' },
    { state: 'Available' as const },
    { iccid: iccid(1) },
    { matchingId: 'M-2' },
  ].map((filter): [string, (store: Store) => Promise<unknown>] => [
    `in a list by ${JSON.stringify(filter)}`,
    async (store) => (await store.listProfiles(filter, { limit: 10 })).items,
  ]),
];
const everyKind = [
  ordered(1, { pool: 'p', personal: '{"imsi":"001010000000001"}' }),
  ordered(2, { matchingId: 'M-2' }),
  released(3, { state: 'Available' }),
];

const removeAll = async (store: Store): Promise<void> => {
  while (await store.removeAbandoned(2));
};

export function batchSuite(open: OpenStore): void {
  describe('makes profiles in batches', () => {
    const store = freshStore(open);

    it.each(waysToSee)('that nobody sees %s until the batch is closed', async (_, look) => {
      const batch = await opened(store());
      await store().addToBatch(batch, everyKind);
      expect(await look(store())).toEqual([]);
      await store().closeBatch(batch);
      expect(await look(store())).not.toEqual([]);
    });

    it('that are whole, and live on like others', async () => {
      const [plain] = await store().createProfiles([ordered(1, { imei: '490154203237518' })]);
      const batch = await opened(store());
      await store().addToBatch(batch, [ordered(2, { imei: '490154203237518' })]);
      await store().closeBatch(batch);
      const [profile] = await store().profilesByIccid(iccid(2));
      if (!plain || !profile) throw new Error('not made');
      expect(profile).toEqual({
        ...plain,
        id: profile.id,
        iccid: iccid(2),
        createdAt: 1002,
        updatedAt: 1002,
      });
      expect(await store().commit([update(profile, { state: 'Installed' })])).toBe(true);
      expect((await store().countProfiles()).Installed).toBe(1);
    });

    it('that are counted once they are in sight', async () => {
      await store().createProfiles([released(7)]);
      const batch = await opened(store());
      await store().addToBatch(batch, [ordered(1), ordered(2)]);
      await store().addToBatch(batch, [ordered(3), released(4, { state: 'Available' })]);
      expect(await store().countProfiles()).toMatchObject({ Released: 1, Available: 0 });
      await store().closeBatch(batch);
      expect(await store().countProfiles()).toMatchObject({ Released: 4, Available: 1 });
    });

    it('whose profile type is in use from the first one on', async () => {
      const batch = await opened(store());
      await store().addToBatch(batch, [ordered(1, { profileType: 'special' })]);
      expect(await store().profileTypeInUse('special')).toBe(true);
      await store().abandonBatch(batch);
      await removeAll(store());
      expect(await store().profileTypeInUse('special')).toBe(false);
    });

    it('and says of each one that it could not make why', async () => {
      await store().createProfiles([released(1), released(2, { matchingId: 'M-2' })]);
      const batch = await opened(store());
      const outcomes = await store().addToBatch(batch, [
        ordered(3),
        ordered(1),
        ordered(4, { matchingId: 'M-2' }),
        ordered(3),
        ordered(5),
      ]);
      expect(outcomes).toEqual([
        undefined,
        new DuplicateError('iccid', iccid(1)),
        new DuplicateError('matchingId', 'M-2'),
        new DuplicateError('iccid', iccid(3)),
        undefined,
      ]);
      await store().closeBatch(batch);
      expect((await store().profilesForEid(eid)).map((profile) => profile.iccid)).toEqual([
        iccid(3),
        iccid(5),
      ]);
      expect((await store().countProfiles()).Released).toBe(4);
    });

    it('one batch at a time', async () => {
      const first = await opened(store(), 'first');
      expect(await store().openBatch('second')).toBeUndefined();
      expect(await store().openedBatch()).toEqual({
        id: first,
        owner: 'first',
        beats: 0,
        isAbandoned: false,
      });
      await store().closeBatch(first);
      expect(await store().openedBatch()).toBeUndefined();
      expect(await opened(store(), 'second')).not.toBe(first);
    });

    it('that are gone for good when the batch is abandoned, and nothing else is', async () => {
      const batch = await opened(store());
      await store().addToBatch(batch, [ordered(1), ordered(2)]);
      const [other] = await store().createProfiles([ordered(9)]);
      await store().addToBatch(batch, [ordered(3), ordered(4), ordered(5)]);
      await store().abandonBatch(batch);
      expect(await store().openBatch('next')).toBeUndefined();
      expect(await store().removeAbandoned(2)).toBe(true);
      expect(await store().profilesForEid(eid)).toEqual([other]);
      await removeAll(store());
      expect(await store().openedBatch()).toBeUndefined();
      expect((await store().listProfiles({}, { limit: 10 })).items).toEqual([other]);
      expect((await store().countProfiles()).Released).toBe(1);
      const again = await opened(store());
      expect(await store().addToBatch(again, [ordered(1)])).toEqual([undefined]);
    });

    it('to which nothing can be added once they are abandoned or closed', async () => {
      const batch = await opened(store());
      await store().abandonBatch(batch);
      await expect(store().addToBatch(batch, [ordered(1)])).rejects.toThrow(BatchAbandonedError);
      await expect(store().closeBatch(batch)).rejects.toThrow(BatchAbandonedError);
      await removeAll(store());
      const next = await opened(store());
      await store().closeBatch(next);
      await expect(store().addToBatch(next, [ordered(1)])).rejects.toThrow(BatchAbandonedError);
    });

    it('that are not abandoned for one who has not seen the last sign of life', async () => {
      const batch = await opened(store());
      const before = await store().openedBatch();
      await store().addToBatch(batch, [ordered(1)]);
      await store().abandonBatch(batch, before?.beats);
      expect((await store().openedBatch())?.isAbandoned).toBe(false);
      await store().abandonBatch(batch, 1);
      expect((await store().openedBatch())?.isAbandoned).toBe(true);
    });

    it('and removes nothing where nothing was abandoned', async () => {
      const batch = await opened(store());
      await store().addToBatch(batch, [ordered(1)]);
      expect(await store().removeAbandoned(10)).toBe(false);
      await store().closeBatch(batch);
      expect(await store().profilesForEid(eid)).toHaveLength(1);
    });

    it('and finds what is in the way of an order', async () => {
      const [byEid, byCode, byIccid] = await store().createProfiles([
        ordered(1),
        released(2, { eid: otherEid, matchingId: 'M-2' }),
        released(3, { eid: otherEid, matchingId: '' }),
      ]);
      const keys = [
        { eid, matchingId: '' },
        { eid, matchingId: 'M-2' },
        { eid, matchingId: 'M-9', iccid: iccid(3) },
        { eid, matchingId: '', iccid: iccid(1) },
        { eid: '1'.repeat(32), matchingId: '' },
      ];
      const found = await store().conflictingProfiles(keys);
      const ids = found.map((profiles) => profiles.map(({ id }) => id));
      expect(ids).toEqual([[byEid?.id], [byCode?.id], [byIccid?.id], [byEid?.id], []]);
      expect(byEid).toMatchObject(found[0]![0]!);
    });

    it('and numbers in rows', async () => {
      expect(await store().nextNumber('n')).toBe(1);
      expect(await store().reserveNumbers('n', 10)).toBe(2);
      expect(await store().reserveNumbers('other', 3)).toBe(1);
      expect(await store().nextNumber('n')).toBe(12);
    });
  });
}
