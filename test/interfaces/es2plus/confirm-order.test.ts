import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noEventRegistration } from '../../../src/interfaces/es2plus/index.js';
import { confirmationCodeMatches, hashConfirmationCode } from '../../../src/orders/index.js';
import { Refusal } from '../../../src/wire/rsp/index.js';
import {
  eid,
  operator,
  otherEid,
  RecordingSmds,
  startOperatorSide,
  success,
  type OperatorSide,
} from './support.js';

const smds = new RecordingSmds();
let smdp: OperatorSide;
beforeAll(async () => {
  smdp = await startOperatorSide({ events: smds });
});
beforeEach(() => {
  smds.failure = undefined;
  smds.registered.length = 0;
});

const ordered = async (body: object = {}): Promise<string> =>
  (await smdp.done('downloadOrder', { profileType: 'generic', ...body }))['iccid']!;

/** Status of a confirmation that has to leave no trace. */
async function refusal(iccid: string, body: object): Promise<string> {
  const before = await smdp.trace(iccid);
  const { status } = await smdp.ask('confirmOrder', { iccid, releaseFlag: true, ...body });
  expect(await smdp.trace(iccid)).toEqual(before);
  return status;
}

describe('confirmOrder', () => {
  it('makes a MatchingID that Windows takes too, and releases the profile', async () => {
    const iccid = await ordered();
    const { matchingId, ...rest } = await smdp.done(
      'confirmOrder',
      { iccid, releaseFlag: true },
      { id: 'FCI-2' },
    );
    expect(matchingId).toMatch(/^[0-9A-F]{5}(-[0-9A-F]{5}){3}$/);
    expect(rest).toEqual({ smdpAddress: smdp.address });
    const { profile, history } = await smdp.trace(iccid);
    expect(profile).toMatchObject({ state: 'Released', matchingId, confirmationCodeHash: null, eid: null });
    expect(history.at(-1)).toMatchObject({
      ...{ trigger: 'confirmOrder', from: 'Allocated', to: 'Released' },
      functionCallIdentifier: 'FCI-2',
    });
  });

  it('keeps the profile back where releaseFlag is false', async () => {
    const iccid = await ordered();
    await smdp.done('confirmOrder', { iccid, releaseFlag: false });
    expect((await smdp.byIccid(iccid)).state).toBe('Confirmed');
  });

  it('answers the EID of the order', async () => {
    const iccid = await ordered({ eid });
    expect(await smdp.done('confirmOrder', { iccid, releaseFlag: true })).toMatchObject({ eid });
  });

  it('links an order to the EID that comes only now', async () => {
    const iccid = await ordered();
    expect(await smdp.done('confirmOrder', { iccid, eid, releaseFlag: true })).toMatchObject({ eid });
    expect((await smdp.byIccid(iccid)).eid).toBe(eid);
  });

  it('takes the same EID a second time', async () => {
    const iccid = await ordered({ eid });
    expect(await smdp.done('confirmOrder', { iccid, eid, releaseFlag: true })).toMatchObject({ eid });
  });

  it.each(['OWN-MATCHING-ID-1', 'A', 'MATCHING_ID_TEST', '9'.repeat(255)])(
    'takes the MatchingID %s as it is',
    async (matchingId) => {
      const iccid = await ordered();
      const confirmation = { iccid, matchingId, releaseFlag: true };
      expect(await smdp.done('confirmOrder', confirmation)).toEqual({
        matchingId,
        smdpAddress: smdp.address,
      });
      expect((await smdp.store.profileByMatchingId(matchingId))?.iccid).toBe(iccid);
    },
  );

  it('takes an empty MatchingID: the order is found by its EID', async () => {
    const iccid = await ordered({ eid });
    const answer = await smdp.done('confirmOrder', { iccid, matchingId: '', releaseFlag: true });
    expect(answer).toEqual({ eid, matchingId: '', smdpAddress: smdp.address });
    expect((await smdp.byIccid(iccid)).matchingId).toBe('');
  });

  it('takes as many orders with an empty MatchingID as there are', async () => {
    for (let count = 0; count < 2; count++) {
      const iccid = await ordered();
      await smdp.done('confirmOrder', { iccid, eid, matchingId: '', releaseFlag: true });
    }
  });

  it('keeps of a confirmation code its hash', async () => {
    const iccid = await ordered();
    await smdp.done('confirmOrder', { iccid, confirmationCode: '12345678', releaseFlag: true });
    const { confirmationCodeHash, confirmationCodeAttemptsLeft } = await smdp.byIccid(iccid);
    expect(confirmationCodeHash).toEqual(hashConfirmationCode('12345678'));
    expect(confirmationCodeMatches(confirmationCodeHash!, Buffer.alloc(16), Buffer.alloc(32))).toBe(false);
    expect(confirmationCodeAttemptsLeft).toBe(5);
  });

  it.each([null, ''])('takes the confirmation code %j for none', async (confirmationCode) => {
    const iccid = await ordered();
    await smdp.done('confirmOrder', { iccid, confirmationCode, releaseFlag: true });
    expect((await smdp.byIccid(iccid)).confirmationCodeHash).toBeNull();
  });

  it('gives the order the limits of its operator', async () => {
    await smdp.register('limited', {
      ...{ confirmationCodeAttempts: 2, downloadAttempts: 3, orderValidity: 60 },
    });
    const as = 'limited';
    const { iccid } = await smdp.done('downloadOrder', { profileType: 'generic' }, { as });
    await smdp.done('confirmOrder', { iccid, releaseFlag: true }, { as });
    const profile = await smdp.byIccid(iccid!);
    expect(profile).toMatchObject({ confirmationCodeAttemptsLeft: 2, downloadAttemptsLeft: 3 });
    expect(profile.validUntil! - profile.updatedAt).toBe(60_000);
  });

  it('leaves the limits that a profile was prepared with, where the operator has none', async () => {
    const { iccid } = await smdp.prepare({
      state: 'Allocated',
      downloadAttempts: 7,
      validUntil: '2999-01-01',
    });
    await smdp.done('confirmOrder', { iccid, releaseFlag: true });
    expect(await smdp.byIccid(iccid)).toMatchObject({
      ...{ downloadAttemptsLeft: 7, validUntil: Date.parse('2999-01-01'), operator },
    });
  });
});

describe('confirmOrder refuses', () => {
  it('an unknown ICCID with 8.2.1/3.9', async () => {
    const order = { iccid: '8900000000000099999', releaseFlag: true };
    expect((await smdp.ask('confirmOrder', order)).status).toBe('8.2.1/3.9');
  });

  it('a profile that was never ordered with 8.2.1/3.3', async () => {
    const { iccid } = await smdp.stock();
    expect(await refusal(iccid, {})).toBe('8.2.1/3.3');
  });

  it('a wrong EID with 8.1.1/3.10', async () => {
    expect(await refusal(await ordered({ eid }), { eid: otherEid })).toBe('8.1.1/3.10');
  });

  it.each([{ matchingId: '' }, { smdsAddress: 'smds.example.com' }])(
    '%j without an EID with 8.1.1/2.2',
    async (body) => {
      expect(await refusal(await ordered(), body)).toBe('8.1.1/2.2');
    },
  );

  it.each(['lower', 'WITH SPACE', 'DOLLAR$', 'UMLAUT-Ä', 'A'.repeat(256), ' '])(
    'the MatchingID %j with 8.2.6/2.1',
    async (matchingId) => {
      expect(await refusal(await ordered(), { matchingId })).toBe('8.2.6/2.1');
    },
  );

  it('a MatchingID that another order has with 8.2.6/3.3', async () => {
    const matchingId = 'MATCHING_ID_CONFLICT_TEST';
    await smdp.done('confirmOrder', { iccid: await ordered(), matchingId, releaseFlag: true });
    expect(await refusal(await ordered(), { matchingId })).toBe('8.2.6/3.3');
  });

  it('all but one of several simultaneous requests for the same MatchingID with 8.2.6/3.3', async () => {
    const iccids = [await ordered(), await ordered(), await ordered()];
    const answers = await Promise.all(
      iccids.map((iccid) => smdp.ask('confirmOrder', { iccid, matchingId: 'RACE', releaseFlag: true })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual(['8.2.6/3.3', '8.2.6/3.3', success]);
  });

  it.each([
    ['a releaseFlag that is missing', { releaseFlag: undefined }, '1.3.1/2.2'],
    ['a releaseFlag that is a text', { releaseFlag: 'true' }, '1.3.1/2.1'],
    ['a releaseFlag that is a number', { releaseFlag: 1 }, '1.3.1/2.1'],
    ['a MatchingID that is a number', { matchingId: 1 }, '1.3.1/2.1'],
    ['an EID of 33 digits', { eid: `${eid}0` }, '1.3.1/2.1'],
    ['an ICCID that is missing', { iccid: null }, '1.3.1/2.2'],
  ])('%s', async (_, body, status) => {
    expect(await refusal(await ordered(), body)).toBe(status);
  });
});

describe('confirmOrder with an SM-DS', () => {
  const smdsAddress = 'smds.example.com';

  it('registers the event before it answers', async () => {
    const iccid = await ordered({ eid });
    const { matchingId } = await smdp.done('confirmOrder', { iccid, smdsAddress, releaseFlag: true });
    const event = { eid, eventId: matchingId!, smdsAddress, expiresAt: null };
    expect(smds.registered).toEqual([event]);
    expect(await smdp.byIccid(iccid)).toMatchObject({ smdsAddress });
    expect(await smdp.store.registration(event)).toMatchObject({ ...event, state: 'registered' });
  });

  it('registers it only when the profile is released', async () => {
    const iccid = await ordered({ eid });
    const { matchingId } = await smdp.done('confirmOrder', { iccid, smdsAddress, releaseFlag: false });
    expect(smds.registered).toEqual([]);
    await smdp.done('releaseProfile', { iccid });
    expect(smds.registered).toMatchObject([{ eventId: matchingId, smdsAddress }]);
  });

  it.each(['8.9/5.1', '8.9/4.2'] as const)('refuses with %s where the SM-DS says so', async (status) => {
    const iccid = await ordered({ eid });
    smds.failure = new Refusal(status, 'SM-DS does not answer');
    expect(await refusal(iccid, { smdsAddress })).toBe(status);
    smds.failure = undefined;
    await smdp.done('confirmOrder', { iccid, smdsAddress, releaseFlag: true });
  });

  it.each([true, false])('refuses what is no address with 8.9/5.1 (releaseFlag %s)', async (releaseFlag) => {
    const iccid = await ordered({ eid });
    const body = { smdsAddress: 'https://smds.example.com/', releaseFlag };
    expect(await refusal(iccid, body)).toBe('8.9/5.1');
    expect(smds.registered).toEqual([]);
  });

  it('registers nothing for an order that is refused', async () => {
    const iccid = await ordered({ eid });
    expect(await refusal(iccid, { smdsAddress, matchingId: 'lower' })).toBe('8.2.6/2.1');
    expect(smds.registered).toEqual([]);
  });

  it('reaches no SM-DS without a client for it', async () => {
    const event = { eid, eventId: 'M', smdsAddress, expiresAt: null };
    await expect(noEventRegistration.register(event)).rejects.toMatchObject({ status: '8.9/5.1' });
  });
});
