import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/wire/asn1/index.js';
import type { CancelReason, EuiccEdits } from '../../../src/device/index.js';
import { CancelSessionResponse } from '../../../src/wire/rsp/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation } from './support/conversation.js';
import { ask, success } from './support/exchange.js';
import { materialOn } from './support/issuers.js';
import { expectRefusal, traceOf } from './support/trace.js';

const smdp = await startTestSmdp();
const cancelled = { status: success, members: {} };

/** Points at which a session may be cancelled, and the state that the profile is in there. */
const points = [
  ['authenticateClient', 'authenticated', 'Released'],
  ['getBoundProfilePackage', 'bound', 'Downloaded'],
] as const;

describe.each(points)('cancelSession after %s', (_, point, state) => {
  it.each<CancelReason>(['postponed', 'timeout'])(
    'for the reason %s leaves the order as it is',
    async (reason) => {
      const profile = await smdp.prepare();
      const { matchingId } = profile;
      const device = smdp.device();
      const conversation = await Conversation[point](smdp, { device, matchingId });
      expect(await conversation.cancel(reason)).toEqual(cancelled);
      const eid = point === 'bound' ? device.eid : null;
      expect(await smdp.profile(profile)).toMatchObject({ state, eid, errorStatus: null });
      expect((await smdp.history(profile)).at(-1)).toMatchObject({ trigger: 'cancelSession', cause: reason });

      const again = await Conversation.bound(smdp, { device, matchingId });
      expect(again.load().fault).toBeUndefined();
    },
  );

  it.each<[CancelReason, string]>([
    ['endUserRejection', '8.8.5/3.8'],
    ['pprNotAllowed', '8.2.8/1.2'],
    ['metadataMismatch', '8.2.9/3.11'],
    ['loadBppExecutionError', '8.2.10/4.2'],
    ['undefinedReason', '8/4.2'],
  ])('for the reason %s ends the order with %s', async (reason, errorStatus) => {
    const profile = await smdp.prepare();
    const { matchingId } = profile;
    const device = smdp.device();
    const conversation = await Conversation[point](smdp, { device, matchingId });
    expect(await conversation.cancel(reason)).toEqual(cancelled);
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Error', errorStatus });
    const again = await Conversation.initiated(smdp, { device, matchingId });
    await expectRefusal(smdp, profile, '8.2.6/3.8', () => again.authenticate());
  });

  it.each([6, 16, 126, 128])('for the reason %i, which has no name here, ends the order', async (reason) => {
    const profile = await smdp.prepare();
    const edits: EuiccEdits = { values: { euiccCancelSessionSigned: (signed) => ({ ...signed, reason }) } };
    const conversation = await Conversation[point](smdp, { matchingId: profile.matchingId, edits });
    expect(await conversation.cancel('postponed')).toEqual(cancelled);
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Error', errorStatus: '8/4.2' });
  });

  it('ends the session', async () => {
    const profile = await smdp.prepare();
    const conversation = await Conversation[point](smdp, { matchingId: profile.matchingId });
    const request = conversation.cancellationRequest('postponed');
    expect(await ask(smdp, 'cancelSession', request)).toEqual(cancelled);
    await expectRefusal(smdp, profile, '8.10.1/3.9', () => ask(smdp, 'cancelSession', request));
  });

  it('of an eUICC that knows no such session leaves the order as it is, and ends it without a BPP', async () => {
    const profile = await smdp.prepare();
    const conversation = await Conversation[point](smdp, { matchingId: profile.matchingId });
    const before = await traceOf(smdp, profile);
    const request = {
      transactionId: conversation.transactionId,
      cancelSessionResponse: encode(CancelSessionResponse, { cancelSessionResponseError: 5 }).toString(
        'base64',
      ),
    };
    expect(await ask(smdp, 'cancelSession', request)).toEqual(cancelled);
    expect(await traceOf(smdp, profile)).toEqual(before);
    const session = await smdp.store.session(Buffer.from(conversation.transactionId, 'hex'));
    expect(session?.state).toBe(point === 'bound' ? 'bound' : 'ended');
    if (point === 'bound') expect(await conversation.cancel('endUserRejection')).toEqual(cancelled);
    await expectRefusal(smdp, profile, '8.10.1/3.9', () => ask(smdp, 'cancelSession', request));
  });

  it.each<[string, string, EuiccEdits]>([
    [
      '8.1/6.1',
      'a spoilt signature',
      {
        sign: (structure, _data, honest) => {
          const signature = honest();
          if (structure === 'euiccCancelSessionSigned')
            signature.writeUInt16BE(~signature.readUInt16BE() & 0xffff);
          return signature;
        },
      },
    ],
    [
      '8.1/6.1',
      'a signature of 65 octets',
      {
        sign: (structure, _data, honest) =>
          structure === 'euiccCancelSessionSigned' ? Buffer.concat([honest(), Buffer.of(0)]) : honest(),
      },
    ],
    [
      '8.8/3.10',
      'the OID of another SM-DP+',
      { values: { euiccCancelSessionSigned: (signed) => ({ ...signed, smdpOid: '1.2.3.4.5' }) } },
    ],
    [
      '8.8/3.10',
      'the beginning of our OID',
      { values: { euiccCancelSessionSigned: (signed) => ({ ...signed, smdpOid: '2.999' }) } },
    ],
    [
      '8.10.1/3.9',
      'another TransactionId in the signed part',
      { values: { euiccCancelSessionSigned: (signed) => ({ ...signed, transactionId: randomBytes(16) }) } },
    ],
  ])('is refused with %s for %s, and the session goes on', async (status, _, edits) => {
    const profile = await smdp.prepare();
    const { matchingId } = profile;
    const device = smdp.device({ edits });
    const conversation = await Conversation[point](smdp, { device, matchingId });
    await expectRefusal(smdp, profile, status, () => conversation.cancel('endUserRejection'));
    const { state: sessionState } = (await smdp.store.session(
      Buffer.from(conversation.transactionId, 'hex'),
    ))!;
    expect(sessionState).toBe(point);
  });

  it('is refused with 8.10.1/3.9 for a TransactionId that is not known', async () => {
    const profile = await smdp.prepare();
    const conversation = await Conversation[point](smdp, { matchingId: profile.matchingId });
    const transactionId = '00112233445566778899AABBCCDDEEFF';
    await expectRefusal(smdp, profile, '8.10.1/3.9', () => conversation.cancel('timeout', { transactionId }));
  });

  it('is understood on brainpoolP256r1', async () => {
    const profile = await smdp.prepare();
    const material = materialOn(smdp, 'BRP');
    const conversation = await Conversation[point](smdp, { matchingId: profile.matchingId, material });
    expect(await conversation.cancel('endUserRejection')).toEqual(cancelled);
    expect((await smdp.profile(profile)).state).toBe('Error');
  });
});

describe('cancelSession', () => {
  it("of the user's other eUICC cannot end a session: 8.1/6.1", async () => {
    const profile = await smdp.prepare();
    const victim = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
    const other = await Conversation.authenticated(smdp, {
      matchingId: (await smdp.prepare()).matchingId,
      edits: {
        values: {
          euiccCancelSessionSigned: (signed) => ({
            ...signed,
            transactionId: Buffer.from(victim.transactionId, 'hex'),
          }),
        },
      },
    });
    const { transactionId } = victim;
    await expectRefusal(smdp, profile, '8.1/6.1', () => other.cancel('endUserRejection', { transactionId }));
    expect((await victim.bind()).status).toBe(success);
  });

  it('has no place before authenticateClient: 8.10.1/3.9', async () => {
    const conversation = await Conversation.initiated(smdp);
    conversation.authenticationRequest();
    expect((await conversation.cancel('endUserRejection')).status).toBe('8.10.1/3.9');
  });

  it('of a download that is installed already is refused with 8.10.1/3.9', async () => {
    const profile = await smdp.prepare();
    const conversation = await Conversation.bound(smdp, { matchingId: profile.matchingId });
    const request = conversation.cancellationRequest('endUserRejection');
    const device = smdp.device({ eid: conversation.device.eid });
    await device.download({ smdpAddress: smdp.address, matchingId: profile.matchingId! });
    await expectRefusal(smdp, profile, '8.10.1/3.9', () => ask(smdp, 'cancelSession', request));
    expect((await smdp.profile(profile)).state).toBe('Installed');
  });
});
