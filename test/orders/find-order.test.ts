import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findOrder } from '../../src/orders/index.js';
import { openStore, type NewProfile, type Store } from '../../src/store/index.js';
import { eid, laterRefusalOf, now, otherEid } from './support.js';

let store: Store;
beforeEach(async () => {
  store = await openStore(':memory:');
});
afterEach(() => store.close());

let made = 0;
async function order(differences: Partial<NewProfile>): Promise<number> {
  const iccid = `89001010000000${String(made++).padStart(5, '0')}`;
  const [profile] = await store.createProfiles([
    { iccid, profileType: 'generic', state: 'Released', createdAt: now, matchingId: '', eid, ...differences },
  ]);
  return profile!.id;
}
const found = async (matchingId: string | undefined): Promise<number> =>
  (await findOrder(store, { matchingId, eid, now })).id;

describe('an order', () => {
  test('is found by its MatchingID, whatever its state', async () => {
    const id = await order({ matchingId: 'CODE', state: 'Confirmed' });
    expect(await found('CODE')).toBe(id);
  });

  test('is not found by the beginning of its MatchingID, nor in lower case', async () => {
    await order({ matchingId: 'CODE' });
    expect(await laterRefusalOf(findOrder(store, { matchingId: 'COD', eid, now }))).toBe('8.2.6/3.8');
    expect(await laterRefusalOf(findOrder(store, { matchingId: 'code', eid, now }))).toBe('8.2.6/3.8');
  });

  test.each([undefined, ''])('with a MatchingID is not found by the EID (%j)', async (matchingId) => {
    await order({ matchingId: 'CODE' });
    expect(await laterRefusalOf(findOrder(store, { matchingId, eid, now }))).toBe('8.1.1/3.8');
    const query = { matchingId, eid, now, noOrderStatus: '8.2.6/3.8' } as const;
    expect(await laterRefusalOf(findOrder(store, query))).toBe('8.2.6/3.8');
  });

  test.each([undefined, ''])(
    'with an empty one is found by the EID (%j), the oldest first',
    async (matchingId) => {
      await order({ eid: otherEid });
      const oldest = await order({});
      await order({});
      expect(await found(matchingId)).toBe(oldest);
    },
  );

  test('that can be downloaded now comes before older ones that cannot', async () => {
    await order({ state: 'Confirmed' });
    await order({ state: 'Installed' });
    await order({ validUntil: now });
    await order({ downloadAttemptsLeft: 0 });
    const ready = await order({ state: 'Downloaded' });
    expect(await found('')).toBe(ready);
  });

  test('that the eUICC could not take is passed over for a younger one', async () => {
    const older = await order({});
    const younger = await order({});
    const fits = async ({ id }: { id: number }): Promise<boolean> => id === younger;
    expect((await findOrder(store, { matchingId: '', eid, now }, { isEligible: fits })).id).toBe(younger);
    expect((await findOrder(store, { matchingId: '', eid, now }, { isEligible: async () => false })).id).toBe(
      older,
    );
  });

  test('that is past its limits is found where there is no other, so that the device is told', async () => {
    await order({ state: 'Confirmed' });
    const expired = await order({ validUntil: now });
    expect(await found('')).toBe(expired);
  });

  test('that is not released yet is found where there is no other, so that the device is told', async () => {
    await order({ state: 'Installed' });
    const confirmed = await order({ state: 'Confirmed' });
    expect(await found('')).toBe(confirmed);
  });

  test('that is spent, failed or withdrawn is none for its EID', async () => {
    for (const state of ['Installed', 'Error', 'Unavailable'] as const) await order({ state });
    expect(await laterRefusalOf(findOrder(store, { matchingId: '', eid, now }))).toBe('8.1.1/3.8');
  });

  test('that may be used again is found after it was installed', async () => {
    const id = await order({ state: 'Installed', reuse: 'unlimited' });
    expect(await found('')).toBe(id);
  });
});
