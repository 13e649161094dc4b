import { describe, expect, it } from 'vitest';
import type { ImsiClaim, NewProfile, Store } from '../../../src/store/index.js';
import type { OpenStore } from '../contract.js';
import { eid, iccid, released } from '../samples.js';
import { freshStore } from './fresh-store.js';

const imsi = '999700000000001';

/** A profile whose subscriber has the IMSI, and which claims it. */
const claiming = (number: number, more: Partial<NewProfile> = {}, claim: ImsiClaim = { imsi }): NewProfile =>
  released(number, { personal: JSON.stringify({ imsi: claim.imsi }), imsiClaim: claim, ...more });

/** Another profile with the IMSI, which claims nothing. */
const sharing = (number: number, more: Partial<NewProfile> = {}): NewProfile =>
  released(number, { personal: JSON.stringify({ imsi }), ...more });

const taken = { name: 'DuplicateError', field: 'imsi', value: imsi };

async function opened(store: Store): Promise<number> {
  const batch = await store.openBatch('somebody');
  if (batch === undefined) throw new Error('another batch is open');
  return batch;
}

export function imsiClaimSuite(open: OpenStore): void {
  describe('an IMSI that a new profile claims', () => {
    const store = freshStore(open);

    it('goes to exactly one of several that claim it at the same time', async () => {
      const claims = Array.from({ length: 8 }, (_, index) =>
        store().createProfiles([released(20 + index), claiming(index + 1)]),
      );
      const outcomes = await Promise.allSettled(claims);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(taken);
      expect(await store().profilesByImsi([imsi])).toHaveLength(1);
      expect((await store().countProfiles()).Released).toBe(2);
    });

    it('is refused in a commit, which then changes nothing', async () => {
      await store().createProfiles([sharing(1)]);
      const commit = store().commit([
        { kind: 'createProfiles', profiles: [released(2)] },
        { kind: 'createProfiles', profiles: [claiming(3)] },
      ]);
      await expect(commit).rejects.toMatchObject(taken);
      expect((await store().countProfiles()).Released).toBe(1);
    });

    it('may be taken again without a claim, in another namespace, and after the profile is removed', async () => {
      const [profile] = await store().createProfiles([claiming(1)]);
      await store().createProfiles([sharing(2, { namespace: 'other' })]);
      await store().createProfiles([claiming(3, { namespace: 'third' })]);
      await store().commit([{ kind: 'removeProfile', id: profile!.id, version: profile!.version }]);
      await store().createProfiles([claiming(4)]);
      await store().createProfiles([sharing(5)]);
      expect(await store().profilesByImsi([imsi])).toHaveLength(4);
    });

    it('may belong to profiles that the claim excepts', async () => {
      await store().createProfiles([sharing(1, { eid, matchingId: '', state: 'Error' })]);
      const claim: ImsiClaim = { imsi, besides: (holder) => holder.eid === eid && holder.state === 'Error' };
      await store().createProfiles([claiming(2, {}, claim)]);
      await expect(store().createProfiles([claiming(3, {}, claim)])).rejects.toMatchObject(taken);
    });

    it('is refused to each profile of a batch, by profiles and by the batch itself', async () => {
      await store().createProfiles([sharing(1)]);
      const batch = await opened(store());
      const own = { imsi: '999700000000002' };
      const outcomes = await store().addToBatch(batch, [claiming(2), claiming(3, {}, own), released(4)]);
      expect(outcomes).toMatchObject([taken, undefined, undefined]);
      const [again] = await store().addToBatch(batch, [claiming(5, {}, own)]);
      expect(again).toMatchObject({ ...taken, value: own.imsi });
      await store().closeBatch(batch);
      expect(await store().profilesByIccid(iccid(2))).toEqual([]);
      expect((await store().countProfiles()).Released).toBe(3);
    });

    it('belongs to an open batch, until that is abandoned', async () => {
      const batch = await opened(store());
      await store().addToBatch(batch, [claiming(1)]);
      await expect(store().createProfiles([claiming(2)])).rejects.toMatchObject(taken);
      await store().abandonBatch(batch);
      await store().createProfiles([claiming(2)]);
      expect(await store().profilesByImsi([imsi])).toHaveLength(1);
    });
  });
}
