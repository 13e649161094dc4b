import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/wire/asn1/index.js';
import { confirmationCodeHash, loadManufacturer, manufactureEuicc } from '../../../src/device/index.js';
import { signPlain } from '../../../src/pki/index.js';
import { DownloadErrorCode, PrepareDownloadResponse } from '../../../src/wire/rsp/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation, type ConversationOptions } from './support/conversation.js';
import { ask, success } from './support/exchange.js';
import { newEid } from './support/issuers.js';
import { expectRefusal } from './support/trace.js';

const smdp = await startTestSmdp();

const flipped = (octets: Buffer, index: number): Buffer => {
  const copy = Buffer.from(octets);
  copy[index]! ^= 1;
  return copy;
};

/** Signatures of the authentication stay honest. */
const signing = (lie: (honest: Buffer) => Buffer): ConversationOptions['edits'] => ({
  sign: (structure, _, honest) => (structure === 'euiccSigned2' ? lie(honest()) : honest()),
});
const saying = (
  change: NonNullable<NonNullable<ConversationOptions['edits']>['values']>['euiccSigned2'],
): ConversationOptions['edits'] => ({ values: { euiccSigned2: change! } });

describe('a lie in getBoundProfilePackage is refused', () => {
  it.each<[string, string, ConversationOptions['edits']]>([
    ['8.1/6.1', 'the first octet of euiccSignature2', signing((honest) => flipped(honest, 0))],
    ['8.1/6.1', 'the last octet of euiccSignature2', signing((honest) => flipped(honest, 63))],
    ['8.1/6.1', 'a signature of zeros', signing(() => Buffer.alloc(64))],
    ['8.1/6.1', 'a signature of 63 octets', signing((honest) => honest.subarray(1))],
    ['8.1/6.1', 'a signature of 65 octets', signing((honest) => Buffer.concat([honest, Buffer.of(0)]))],
    ['8.1/6.1', 'a signature of no octets', signing(() => Buffer.alloc(0))],
    [
      '8.10.1/3.9',
      'another TransactionId, well signed',
      saying((signed) => ({ ...signed, transactionId: randomBytes(16) })),
    ],
    [
      '8.1/6.1',
      'a one-time key beside the curve, well signed',
      saying((signed) => ({ ...signed, euiccOtpk: flipped(signed.euiccOtpk, 64) })),
    ],
    [
      '8.1/6.1',
      'a one-time key of zeros, well signed',
      saying((signed) => ({ ...signed, euiccOtpk: Buffer.concat([Buffer.of(4), Buffer.alloc(64)]) })),
    ],
    [
      '8.1/6.1',
      'a hybrid one-time key, well signed',
      saying((signed) => ({
        ...signed,
        euiccOtpk: Buffer.concat([Buffer.of(6 + (signed.euiccOtpk[64]! & 1)), signed.euiccOtpk.subarray(1)]),
      })),
    ],
  ])('with %s: %s', async (status, _, edits) => {
    const profile = await smdp.prepare();
    const { matchingId } = profile;
    const device = smdp.device({ edits });
    const conversation = await Conversation.authenticated(smdp, { device, matchingId });
    await expectRefusal(smdp, profile, status, () => conversation.bind());
    await Conversation.bound(smdp, { matchingId, device: smdp.device({ eid: device.eid }) });
  });

  it('with 8.1/6.1: a signature that leaves smdpSignature2 out', async () => {
    const profile = await smdp.prepare();
    const material = manufactureEuicc(loadManufacturer(smdp.pkiFolder), newEid());
    const { privateKey } = material.credentials[0]!;
    const edits: ConversationOptions['edits'] = {
      sign: (structure, [signedPart], honest) =>
        structure === 'euiccSigned2' ? signPlain(privateKey, [signedPart!]) : honest(),
    };
    const { matchingId } = profile;
    const conversation = await Conversation.authenticated(smdp, { material, matchingId, edits });
    await expectRefusal(smdp, profile, '8.1/6.1', () => conversation.bind());
  });

  it('with 8.1/6.1: the answer to another session of the same order', async () => {
    const profile = await smdp.prepare();
    const { matchingId } = profile;
    const device = smdp.device();
    const first = await Conversation.authenticated(smdp, { device, matchingId });
    const { prepareDownloadResponse } = first.bindingRequest();
    const second = await Conversation.authenticated(smdp, { device, matchingId });
    await expectRefusal(smdp, profile, '8.1/6.1', () => second.bind({ prepareDownloadResponse }));
  });
});

describe('an eUICC that refuses the download', () => {
  it.each(Object.entries(DownloadErrorCode))(
    'with %s is answered with 8.1/6.1; the session ends, the order does not',
    async (_, downloadErrorCode) => {
      const profile = await smdp.prepare();
      const { matchingId } = profile;
      const device = smdp.device();
      const conversation = await Conversation.authenticated(smdp, { device, matchingId });
      const { transactionId } = conversation;
      const refusal = encode(PrepareDownloadResponse, {
        downloadResponseError: { transactionId: Buffer.from(transactionId, 'hex'), downloadErrorCode },
      });
      await expectRefusal(smdp, profile, '8.1/6.1', () =>
        ask(smdp, 'getBoundProfilePackage', {
          transactionId,
          prepareDownloadResponse: refusal.toString('base64'),
        }),
      );
      await expectRefusal(smdp, profile, '8.10.1/3.9', () => conversation.bind());
      await Conversation.bound(smdp, { device, matchingId });
    },
  );
});

describe('a confirmation code is refused', () => {
  const confirmationCode = '12345678';
  const options = { confirmationCode, confirmationCodeAttempts: 2 };

  it.each([
    ['absent', undefined],
    ['empty', Buffer.alloc(0)],
  ])('with 8.2.7/2.2 where it is %s, which is no attempt', async (_, hashCc) => {
    const profile = await smdp.prepare(options);
    const { matchingId } = profile;
    const conversation = await Conversation.authenticated(smdp, { matchingId, hashCc });
    await expectRefusal(smdp, profile, '8.2.7/2.2', () => conversation.bind());
  });

  it('with 8.2.7/3.8 where it is wrong, and the attempt is counted', async () => {
    const profile = await smdp.prepare(options);
    const { matchingId } = profile;
    const conversation = await Conversation.authenticated(smdp, { matchingId });
    expect(await conversation.bindWithCode('87654321')).toEqual({ status: '8.2.7/3.8', members: {} });
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Released', confirmationCodeAttemptsLeft: 1 });
    expect((await smdp.history(profile)).at(-1)).toMatchObject({ status: '8.2.7/3.8', to: 'Released' });
  });

  it.each([
    ['half of the right hash', 16],
    ['a part of the right hash', 31],
  ])('with 8.2.7/3.8 where it is %s', async (_, length) => {
    const { matchingId } = await smdp.prepare(options);
    const edits = saying((signed) => ({ ...signed, hashCc: signed.hashCc!.subarray(0, length) }));
    const conversation = await Conversation.authenticated(smdp, { matchingId, confirmationCode, edits });
    expect((await conversation.bind()).status).toBe('8.2.7/3.8');
  });

  it('with 8.2.7/3.8 where its hash was made for another transaction', async () => {
    const { matchingId } = await smdp.prepare(options);
    const device = smdp.device();
    const first = await Conversation.authenticated(smdp, { device, matchingId });
    const stolen = confirmationCodeHash(confirmationCode, Buffer.from(first.transactionId, 'hex'));
    const second = await Conversation.authenticated(smdp, { device, matchingId, hashCc: stolen });
    expect((await second.bind()).status).toBe('8.2.7/3.8');
  });

  it('with 8.2.7/6.4 once all attempts are used up, even the right one; the order ends', async () => {
    const profile = await smdp.prepare(options);
    const { matchingId } = profile;
    const device = smdp.device();
    const conversation = await Conversation.authenticated(smdp, { device, matchingId });
    const statuses: string[] = [];
    for (const code of ['0', '1', confirmationCode])
      statuses.push((await conversation.bindWithCode(code)).status);
    expect(statuses).toEqual(['8.2.7/3.8', '8.2.7/3.8', '8.2.7/6.4']);
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Error', errorStatus: '8.2.7/6.4' });

    const again = await Conversation.initiated(smdp, { device, matchingId });
    await expectRefusal(smdp, profile, '8.2.6/3.8', () => again.authenticate());
  });

  it('as often as in one session where every attempt is made in a new one', async () => {
    const { matchingId } = await smdp.prepare(options);
    const device = smdp.device();
    const statuses: string[] = [];
    for (const code of ['0', '1', '2']) {
      const conversation = await Conversation.authenticated(smdp, { device, matchingId });
      statuses.push((await conversation.bindWithCode(code)).status);
    }
    expect(statuses).toEqual(['8.2.7/3.8', '8.2.7/3.8', '8.2.7/6.4']);
  });

  it('but not counted where the signature is wrong', async () => {
    const profile = await smdp.prepare(options);
    const edits = signing(() => Buffer.alloc(64));
    const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId, edits });
    await expectRefusal(smdp, profile, '8.1/6.1', () => conversation.bindWithCode('0'));
  });
});

describe('an order is refused in getBoundProfilePackage', () => {
  it('with 8.8.5/4.10 where its time has run out since authenticateClient', async () => {
    const profile = await smdp.prepare({ validUntil: new Date(Date.now() + 60_000).toISOString() });
    const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
    smdp.advance(61_000);
    expect((await conversation.bind()).status).toBe('8.8.5/4.10');
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Error', errorStatus: '8.8.5/4.10' });
    const session = await smdp.store.session(Buffer.from(conversation.transactionId, 'hex'));
    expect(session?.state).toBe('authenticated');
    expect(await smdp.store.binding(profile.id, conversation.device.eid)).toBeUndefined();
  });

  it.each([
    ['8.2/3.7', 'was ended in another session', { state: 'Error' }],
    ['8.2/3.7', 'is installed', { state: 'Installed' }],
    ['8.2/3.7', 'is not released any more', { state: 'Confirmed' }],
    ['8.2/3.7', 'became that of another EID', { eid: newEid() }],
  ] as const)('with %s where it %s', async (status, _, set) => {
    const profile = await smdp.prepare();
    const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
    const { id, version } = await smdp.profile(profile);
    await smdp.store.commit([{ kind: 'updateProfile', id, version, set }]);
    await expectRefusal(smdp, profile, status, () => conversation.bind());
  });
});

it('a package is delivered once in a session', async () => {
  const profile = await smdp.prepare();
  const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
  const request = conversation.bindingRequest();
  expect((await ask(smdp, 'getBoundProfilePackage', request)).status).toBe(success);
  await expectRefusal(smdp, profile, '8.10.1/3.9', () => ask(smdp, 'getBoundProfilePackage', request));
});
