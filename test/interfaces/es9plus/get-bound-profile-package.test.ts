import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/wire/asn1/index.js';
import { BoundProfilePackage, SmdpSigned2 } from '../../../src/wire/rsp/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation, type ConversationOptions } from './support/conversation.js';
import { octetsOf, success } from './support/exchange.js';
import { materialOn } from './support/issuers.js';

const smdp = await startTestSmdp();
const definition = { source: { kind: 'generated', parameters: {} }, metadata: {} } as const;
await smdp.context.profileTypes.put({ ...definition, name: 'with-random-keys', protection: 'random' });

const bind = (options: ConversationOptions) => Conversation.bound(smdp, options);
const packageOf = ({ boundProfilePackage }: Conversation): BoundProfilePackage =>
  decode(BoundProfilePackage, boundProfilePackage);
const otpkOf = (conversation: Conversation): string =>
  packageOf(conversation).initialiseSecureChannelRequest.smdpOtpk.toString('hex');
const keptEuiccOtpk = ({ offer }: Conversation): Buffer | undefined =>
  decode(SmdpSigned2, octetsOf(offer, 'smdpSigned2')).bppEuiccOtpk;

describe.each([
  ['NIST', 'generic'],
  ['NIST', 'with-random-keys'],
  ['BRP', 'generic'],
  ['BRP', 'with-random-keys'],
] as const)('getBoundProfilePackage on %s of the type %s', (curve, profileType) => {
  it('answers with a package that a strict eUICC installs', async () => {
    const profile = await smdp.prepare({ profileType });
    const conversation = await bind({ matchingId: profile.matchingId, material: materialOn(smdp, curve) });
    const { initialiseSecureChannelRequest: channel, secondSequenceOf87 } = packageOf(conversation);
    expect(channel).toMatchObject({
      remoteOpId: 1,
      transactionId: Buffer.from(conversation.transactionId, 'hex'),
      controlRefTemplate: { keyType: Buffer.of(0x88), keyLen: Buffer.of(0x10) },
    });
    const { hostId } = channel.controlRefTemplate;
    expect(hostId.length).toBeGreaterThanOrEqual(4);
    expect(hostId.length).toBeLessThanOrEqual(16);
    expect(secondSequenceOf87 !== undefined).toBe(profileType === 'with-random-keys');

    const { fault, iccid } = conversation.load();
    expect({ fault, iccid }).toEqual({ fault: undefined, iccid: profile.iccid });
    expect(await smdp.profile(profile)).toMatchObject({
      state: 'Downloaded',
      eid: conversation.device.eid,
      boundTransactionId: Buffer.from(conversation.transactionId, 'hex'),
    });
  });
});

describe('the metadata of a profile', () => {
  const metadataIn = (conversation: Conversation): Buffer =>
    Buffer.concat(packageOf(conversation).sequenceOf88.map((segment) => segment.subarray(0, -8)));

  it.each(['generic', 'Test'])(
    'of the type %s is that which was offered, octet by octet',
    async (profileType) => {
      const { matchingId } = await smdp.prepare({ profileType });
      const conversation = await bind({ matchingId });
      expect(metadataIn(conversation)).toEqual(octetsOf(conversation.offer, 'profileMetadata'));
    },
  );

  it('takes two segments where it is too long for one', async () => {
    const { matchingId } = await smdp.prepare({ profileType: 'Test' });
    expect(packageOf(await bind({ matchingId })).sequenceOf88).toHaveLength(2);
  });

  it('stays what was offered where it was changed in between', async () => {
    const profile = await smdp.prepare();
    const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
    const { id, version } = await smdp.profile(profile);
    const metadata = JSON.stringify({ profileName: 'Renamed' });
    await smdp.store.commit([{ kind: 'updateProfile', id, version, set: { metadata } }]);
    expect((await conversation.bind()).status).toBe(success);
    expect(metadataIn(conversation)).toEqual(octetsOf(conversation.offer, 'profileMetadata'));
  });
});

describe('a repeated download', () => {
  it('by the same eUICC offers its one-time key again, and keeps ours for it', async () => {
    const { matchingId } = await smdp.prepare();
    const device = smdp.device();
    const first = await bind({ device, matchingId });
    expect(keptEuiccOtpk(first)).toBeUndefined();
    await first.cancel('postponed');

    const second = await bind({ device, matchingId });
    expect(keptEuiccOtpk(second)).toHaveLength(65);
    expect(second.transactionId).not.toBe(first.transactionId);
    expect(otpkOf(second)).toBe(otpkOf(first));
    expect(packageOf(second).sequenceOf86).toEqual(packageOf(first).sequenceOf86);
    expect(second.load().fault).toBeUndefined();
  });

  it('needs no cancelled session before it', async () => {
    const { matchingId } = await smdp.prepare();
    const device = smdp.device();
    const first = await bind({ device, matchingId });
    const second = await bind({ device, matchingId });
    expect(otpkOf(second)).toBe(otpkOf(first));
    expect(second.load().fault).toBeUndefined();
  });

  it('with another one-time key of the eUICC gets another one of ours', async () => {
    const { matchingId } = await smdp.prepare();
    const device = smdp.device();
    const first = await bind({ device, matchingId });
    // The same eUICC, which has forgotten its one-time key.
    const forgetful = smdp.device({ eid: device.eid });
    const second = await bind({ device: forgetful, matchingId });
    expect(otpkOf(second)).not.toBe(otpkOf(first));
    expect(second.load().fault).toBeUndefined();
  });

  it('of a code for everybody never shares a one-time key between eUICCs', async () => {
    const { matchingId } = await smdp.prepare({ reuse: 'unlimited' });
    const first = await bind({ matchingId });
    const second = await bind({ matchingId });
    expect(keptEuiccOtpk(second)).toBeUndefined();
    expect(otpkOf(second)).not.toBe(otpkOf(first));
  });

  it('after an installation begins with new keys', async () => {
    const { matchingId } = await smdp.prepare({ reuse: 'unlimited' });
    const device = smdp.device();
    const { iccid } = (await device.download({ smdpAddress: smdp.address, matchingId: matchingId! })) as {
      iccid: string;
    };
    device.delete(iccid);
    expect(keptEuiccOtpk(await Conversation.authenticated(smdp, { device, matchingId }))).toBeUndefined();
  });
});

const sha256 = (...data: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(data)).digest();
const hashOfHexDigits = (code: string, transactionId: string): Buffer =>
  sha256(sha256(Buffer.from(code, 'hex')), Buffer.from(transactionId, 'hex'));

describe('the confirmation code', () => {
  const confirmationCode = '12345678';

  it('is asked for, and let through where it is right', async () => {
    const { matchingId } = await smdp.prepare({ confirmationCode });
    const conversation = await bind({ matchingId, confirmationCode });
    expect(decode(SmdpSigned2, octetsOf(conversation.offer, 'smdpSigned2')).ccRequiredFlag).toBe(true);
    expect(conversation.load().fault).toBeUndefined();
  });

  it('may be any text', async () => {
    const { matchingId } = await smdp.prepare({ confirmationCode: 'Grüße 12' });
    await bind({ matchingId, confirmationCode: 'Grüße 12' });
  });

  it('may be hashed as the octets that its digits are in hex', async () => {
    const { matchingId } = await smdp.prepare({ confirmationCode });
    const conversation = await Conversation.authenticated(smdp, {
      matchingId,
      get hashCc() {
        return hashOfHexDigits(confirmationCode, conversation.transactionId);
      },
    });
    expect((await conversation.bind()).status).toBe(success);
  });

  it('may be tried again in the same session', async () => {
    const profile = await smdp.prepare({ confirmationCode });
    const conversation = await Conversation.authenticated(smdp, { matchingId: profile.matchingId });
    expect((await conversation.bindWithCode('00000000')).status).toBe('8.2.7/3.8');
    expect((await conversation.bindWithCode(undefined)).status).toBe('8.2.7/2.2');
    expect((await conversation.bindWithCode(confirmationCode)).status).toBe(success);
    expect(conversation.load().fault).toBeUndefined();
  });

  it('may be tried again in a new session', async () => {
    const { matchingId } = await smdp.prepare({ confirmationCode });
    const device = smdp.device();
    const wrong = await Conversation.authenticated(smdp, { device, matchingId });
    expect((await wrong.bindWithCode('00000000')).status).toBe('8.2.7/3.8');
    const right = await bind({ device, matchingId, confirmationCode });
    expect(keptEuiccOtpk(right)).toBeUndefined();
  });

  it('that is not needed does no harm, neither empty nor any', async () => {
    for (const hashCc of [Buffer.alloc(0), Buffer.alloc(32, 7)]) {
      const { matchingId } = await smdp.prepare();
      const edits: ConversationOptions['edits'] = {
        values: { euiccSigned2: (signed) => ({ ...signed, hashCc }) },
      };
      await bind({ matchingId, edits });
    }
  });
});
