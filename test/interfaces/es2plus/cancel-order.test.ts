import { beforeAll, describe, expect, it } from 'vitest';
import { eid, operator, otherEid, RecordingSmds, startOperatorSide, type OperatorSide } from './support.js';

const smds = new RecordingSmds();
let smdp: OperatorSide;
beforeAll(async () => {
  smdp = await startOperatorSide({ events: smds });
});

const finalProfileStatusIndicator = 'Available';

const ordered = async (body: object = {}): Promise<string> =>
  (await smdp.done('downloadOrder', { profileType: 'generic', ...body }))['iccid']!;

async function confirmed(order: object = {}, confirmation: object = {}) {
  const iccid = await ordered(order);
  const { matchingId } = await smdp.done('confirmOrder', { iccid, releaseFlag: true, ...confirmation });
  return { iccid, matchingId: matchingId! };
}

/** Status of a cancellation that has to leave no trace. */
async function refusal(iccid: string, body: object = {}): Promise<string> {
  const before = await smdp.trace(iccid);
  const { status } = await smdp.ask('cancelOrder', { iccid, finalProfileStatusIndicator, ...body });
  expect(await smdp.trace(iccid)).toEqual(before);
  return status;
}

describe('cancelOrder', () => {
  it('leaves a profile that can be ordered again, by its operator', async () => {
    const iccid = await ordered();
    expect(await smdp.done('cancelOrder', { iccid, finalProfileStatusIndicator }, { id: 'C' })).toEqual({});
    const { profile, history } = await smdp.trace(iccid);
    expect(profile).toMatchObject({ state: 'Available', operator });
    expect(history.at(-1)).toMatchObject({
      ...{ trigger: 'cancelOrder', from: 'Allocated', to: 'Available', functionCallIdentifier: 'C' },
    });
    await smdp.done('downloadOrder', { iccid, eid });
  });

  it('makes the profile unavailable with finalProfileStatusIndicator Unavailable', async () => {
    const iccid = await ordered();
    await smdp.done('cancelOrder', { iccid, finalProfileStatusIndicator: 'Unavailable' });
    expect((await smdp.byIccid(iccid)).state).toBe('Unavailable');
    expect((await smdp.ask('downloadOrder', { iccid })).status).toBe('8.2.1/3.3');
  });

  it('drops everything that the order had', async () => {
    const { iccid, matchingId } = await confirmed(
      { eid },
      { confirmationCode: '1234', smdsAddress: 'smds.example.com' },
    );
    await smdp.done('cancelOrder', { iccid, eid, matchingId, finalProfileStatusIndicator });
    expect(await smdp.byIccid(iccid)).toMatchObject({
      ...{ eid: null, matchingId: null, confirmationCodeHash: null, smdsAddress: null, validUntil: null },
      ...{ downloadAttemptsLeft: null, confirmationCodeAttemptsLeft: 5, errorStatus: null },
    });
    await smdp.done('confirmOrder', { iccid: await ordered(), matchingId, releaseFlag: true });
  });

  it('has the event at the SM-DS deleted', async () => {
    const smdsAddress = 'smds.example.com';
    const { iccid, matchingId } = await confirmed({ eid }, { smdsAddress });
    const event = { smdsAddress, eventId: matchingId };
    expect(await smdp.store.registration(event)).toMatchObject({ state: 'registered' });
    await smdp.done('cancelOrder', { iccid, eid, matchingId, finalProfileStatusIndicator });
    expect(await smdp.store.registration(event)).toMatchObject({ state: 'deleting' });
  });

  it('needs no MatchingID for an order whose own is empty', async () => {
    const { iccid } = await confirmed({ eid }, { matchingId: '' });
    await smdp.done('cancelOrder', { iccid, eid, finalProfileStatusIndicator });
  });

  it('takes an empty MatchingID for an order whose own is empty', async () => {
    const { iccid } = await confirmed({ eid }, { matchingId: '' });
    await smdp.done('cancelOrder', { iccid, eid, matchingId: '', finalProfileStatusIndicator });
  });

  it('takes back an order that has failed', async () => {
    const { iccid } = await smdp.stock({ state: 'Error', matchingId: 'FAILED', errorStatus: '8.2.10/4.2' });
    await smdp.done('cancelOrder', { iccid, matchingId: 'FAILED', finalProfileStatusIndicator });
    expect(await smdp.byIccid(iccid)).toMatchObject({ state: 'Available', errorStatus: null });
  });

  it('needs no EID that only a device has brought, which the operator cannot know', async () => {
    const { iccid, matchingId } = await confirmed();
    const rejected = { cancel: 'endUserRejection', cancelAfter: 'getBoundProfilePackage' } as const;
    await smdp.device().download({ smdpAddress: smdp.address, matchingId, ...rejected });
    expect((await smdp.byIccid(iccid)).eid).not.toBeNull();
    await smdp.done('cancelOrder', { iccid, matchingId, finalProfileStatusIndicator });
  });
});

describe('cancelOrder refuses', () => {
  it('an unknown ICCID with 8.2.1/3.9', async () => {
    const { status } = await smdp.ask('cancelOrder', {
      ...{ iccid: '8900000000000099999', finalProfileStatusIndicator },
    });
    expect(status).toBe('8.2.1/3.9');
  });

  it('a missing EID of a linked order with 8.1.1/2.2', async () => {
    expect(await refusal(await ordered({ eid }))).toBe('8.1.1/2.2');
  });

  it('a wrong EID with 8.2.1/3.10', async () => {
    expect(await refusal(await ordered({ eid }), { eid: otherEid })).toBe('8.2.1/3.10');
  });

  it('a missing MatchingID of a confirmed order with 8.2.6/2.2', async () => {
    expect(await refusal((await confirmed()).iccid)).toBe('8.2.6/2.2');
  });

  it.each(['WRONG_MATCHING_ID', ''])('the wrong MatchingID %j with 8.2.6/3.10', async (matchingId) => {
    expect(await refusal((await confirmed({ eid })).iccid, { eid, matchingId })).toBe('8.2.6/3.10');
  });

  it('a MatchingID for an order without one with 8.2.6/3.10', async () => {
    expect(await refusal(await ordered(), { matchingId: 'ANY' })).toBe('8.2.6/3.10');
  });

  it.each([
    ['a missing indicator', { finalProfileStatusIndicator: undefined }, '8.2.1/2.2'],
    ['a missing ICCID', { iccid: undefined }, '8.2.1/2.2'],
    ['an indicator in lower case', { finalProfileStatusIndicator: 'available' }, '1.3.1/2.1'],
    ['an indicator that is another state', { finalProfileStatusIndicator: 'Error' }, '1.3.1/2.1'],
    ['an ICCID that is none', { iccid: '1' }, '1.3.1/2.1'],
  ])('%s', async (_, body, status) => {
    expect(await refusal(await ordered(), body)).toBe(status);
  });
});
