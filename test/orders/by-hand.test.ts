import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  admitDownload,
  cancelDownload,
  cancel,
  changesOf,
  commitDecision,
  deliverBpp,
  profileInstalled,
  release,
  reset,
  type OrderChange,
} from '../../src/orders/index.js';
import { openStore, type NewProfile, type Profile, type Store } from '../../src/store/index.js';
import { attempt, eid, laterRefusalOf, now, otherEid, transactionId } from './support.js';

let store: Store;
beforeEach(async () => {
  store = await openStore(':memory:');
});
afterEach(() => store.close());

async function profile(differences: Partial<NewProfile> = {}): Promise<Profile> {
  const [made] = await store.createProfiles([
    {
      iccid: '8900101000000000019',
      profileType: 'generic',
      state: 'Released',
      createdAt: now,
      matchingId: 'CODE',
      ...differences,
    },
  ]);
  return made!;
}

const later = now + 60_000;
const hand = ({ id }: Profile) => ({ store, profileId: id, now: later });

/** A device does something to the profile. */
async function device({ id }: Profile, step: (profile: Profile) => OrderChange | undefined): Promise<void> {
  await commitDecision(store, async () => {
    const profile = (await store.profile(id))!;
    return { changes: changesOf(profile, step(profile) ?? { set: {} }), value: undefined };
  });
}
const downloadOn = async (one: Profile, device_: string): Promise<void> => {
  const by = { ...attempt, eid: device_ };
  await device(one, (current) => admitDownload(current, by, () => undefined));
  await device(one, (current) => deliverBpp(current, by));
  await store.commit([
    {
      kind: 'saveBinding',
      binding: {
        profileId: one.id,
        eid: device_,
        euiccOtpk: Buffer.alloc(65),
        smdpOtsk: Buffer.alloc(32),
        installedAt: null,
      },
    },
  ]);
};
const installOn = async (one: Profile, device_: string): Promise<void> => {
  await downloadOn(one, device_);
  await device(one, (current) => profileInstalled(current, { ...attempt, eid: device_ }, 0));
};

async function boundSession({ id }: Profile): Promise<void> {
  await store.commit([
    {
      kind: 'createSession',
      session: {
        transactionId,
        role: 'smdp',
        state: 'bound',
        result: 'awaited',
        createdAt: now,
        expiresAt: later,
        serverAddress: 'localhost',
        serverChallenge: Buffer.alloc(16),
        euiccCiKeyId: Buffer.alloc(20),
        serverCiKeyId: Buffer.alloc(20),
        eid,
        euiccPublicPoint: Buffer.alloc(65),
        profileId: id,
        ccRequired: false,
        smdpSignature2: null,
        profileMetadata: null,
      },
    },
  ]);
}

describe('release by hand', () => {
  test('makes a confirmed order downloadable, and says so in the history', async () => {
    const one = await profile({ state: 'Confirmed' });
    expect(await release(hand(one))).toMatchObject({ state: 'Released', updatedAt: later });
    expect(await store.history(one.id)).toEqual([
      { at: later, trigger: 'release', from: 'Confirmed', to: 'Released', cause: 'by hand' },
    ]);
  });
  test('of what is released already changes nothing', async () => {
    const one = await profile();
    expect(await release(hand(one))).toMatchObject({ state: 'Released' });
    expect(await store.history(one.id)).toEqual([]);
  });
  test('is refused in every other state, without a trace', async () => {
    const one = await profile({ state: 'Linked' });
    expect(await laterRefusalOf(release(hand(one)))).toBe('8.2.1/3.5');
    expect(await store.profile(one.id)).toEqual(one);
  });
  test('of what does not exist is refused', async () => {
    expect(await laterRefusalOf(release({ store, profileId: 7, now }))).toBe('8.2.1/3.9');
  });
});

describe('cancellation by hand', () => {
  test.each(['Available', 'Unavailable'] as const)('makes a profile %s and forgets the order', async (to) => {
    const one = await profile({
      eid,
      confirmationCodeHash: Buffer.alloc(32),
      confirmationCodeAttemptsLeft: 1,
      downloadAttemptsLeft: 0,
      validUntil: now,
      smdsAddress: 'ds.example.com',
      reuse: 'unlimited',
      label: 'kept',
    });
    expect(await cancel(hand(one), to)).toMatchObject({
      state: to,
      eid: null,
      matchingId: null,
      confirmationCodeHash: null,
      confirmationCodeAttemptsLeft: 5,
      downloadAttemptsLeft: null,
      validUntil: null,
      smdsAddress: null,
      reuse: 'once',
      label: 'kept',
    });
  });
  test('frees the MatchingID for another order', async () => {
    await cancel(hand(await profile()), 'Available');
    expect(await profile({ iccid: '8900101000000000027' })).toMatchObject({ matchingId: 'CODE' });
  });
  test('ends what devices had begun', async () => {
    const one = await profile();
    await boundSession(one);
    await cancel(hand(one), 'Available');
    expect(await store.session(transactionId)).toMatchObject({ state: 'ended', result: 'orphaned' });
  });
  test.each(['Available', 'Downloaded', 'Installed', 'Unavailable'] as const)(
    'of a profile that is %s is refused, without a trace',
    async (state) => {
      const one = await profile({ state });
      expect(await laterRefusalOf(cancel(hand(one), 'Available'))).toBe('8.2.1/3.3');
      expect(await store.profile(one.id)).toEqual(one);
    },
  );
});

describe('a reset', () => {
  test('makes an installed profile downloadable by anybody', async () => {
    const one = await profile();
    await installOn(one, eid);
    expect(await reset(hand(one))).toMatchObject({
      state: 'Released',
      matchingId: 'CODE',
      eid: null,
      installedState: null,
      installedSeqNumber: null,
      boundTransactionId: null,
    });
    expect(await store.binding(one.id, eid)).toBeUndefined();
    await installOn(one, otherEid);
    expect(await store.profile(one.id)).toMatchObject({ state: 'Installed', eid: otherEid });
  });

  test('works as often as it is needed', async () => {
    const one = await profile();
    for (const device_ of [eid, otherEid, eid]) {
      await installOn(one, device_);
      expect((await reset(hand(one))).eid).toBeNull();
    }
  });

  test('keeps the EID that the order itself had', async () => {
    const one = await profile({ eid });
    await installOn(one, eid);
    expect((await reset(hand(one))).eid).toBe(eid);
    expect((await reset(hand(one))).eid).toBe(eid);
  });

  test('keeps the EID of a new order, though an earlier one was linked by a download', async () => {
    const one = await profile();
    await downloadOn(one, eid);
    await device(one, (current) => cancelDownload(current, attempt, 0, 'bound'));
    const { version } = await cancel(hand(one), 'Available');
    await store.commit([
      { kind: 'updateProfile', id: one.id, version, set: { state: 'Released', eid, matchingId: 'NEXT' } },
    ]);
    expect((await reset(hand(one))).eid).toBe(eid);
  });

  test('brings back an order that has failed, run out of attempts and expired', async () => {
    const one = await profile({
      state: 'Error',
      errorStatus: '8.8.5/6.4',
      confirmationCodeAttemptsLeft: 0,
      downloadAttemptsLeft: 0,
      validUntil: now,
    });
    expect(await reset(hand(one))).toMatchObject({
      state: 'Released',
      errorStatus: null,
      confirmationCodeAttemptsLeft: 5,
      downloadAttemptsLeft: null,
      validUntil: null,
    });
  });

  test('keeps an expiry that is still to come, and sets the limits that are asked for', async () => {
    const one = await profile({ state: 'Installed', validUntil: later + 1 });
    expect(await reset(hand(one), { confirmationCodeAttempts: 2, downloadAttempts: 3 })).toMatchObject({
      confirmationCodeAttemptsLeft: 2,
      downloadAttemptsLeft: 3,
      validUntil: later + 1,
    });
  });

  test('ends what devices had begun, and forgets their keys', async () => {
    const one = await profile();
    await downloadOn(one, eid);
    await boundSession(one);
    await reset(hand(one));
    expect(await store.session(transactionId)).toMatchObject({ state: 'ended', result: 'orphaned' });
    expect(await store.binding(one.id, eid)).toBeUndefined();
  });

  test.each(['Available', 'Allocated', 'Linked', 'Confirmed', 'Unavailable'] as const)(
    'of a profile that is %s is refused, without a trace',
    async (state) => {
      const one = await profile({ state });
      expect(await laterRefusalOf(reset(hand(one)))).toBe('8.2.1/3.5');
      expect(await store.profile(one.id)).toEqual(one);
    },
  );
});
