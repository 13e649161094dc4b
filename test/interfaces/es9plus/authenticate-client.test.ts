import { verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bits, decode, encode, tlv } from '../../../src/wire/asn1/index.js';
import { parseCertificate } from '../../../src/pki/index.js';
import {
  CtxParams1,
  iccidFromOctets,
  Signature,
  SmdpSigned2,
  StoreMetadataRequest,
} from '../../../src/wire/rsp/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation, type ConversationOptions } from './support/conversation.js';
import { octetsOf, success } from './support/exchange.js';
import { materialOn, newEid } from './support/issuers.js';
import { traceOf } from './support/trace.js';

const smdp = await startTestSmdp();

const authenticate = (options: ConversationOptions) => Conversation.authenticated(smdp, options);
const signed = ({ offer }: Conversation): SmdpSigned2 => decode(SmdpSigned2, octetsOf(offer, 'smdpSigned2'));
const offeredIccid = ({ offer }: Conversation): string =>
  iccidFromOctets(decode(StoreMetadataRequest, octetsOf(offer, 'profileMetadata')).iccid);

describe.each(['NIST', 'BRP'] as const)('authenticateClient of an eUICC on %s', (curve) => {
  it('offers the profile, signed with the key of the certificate that comes with it', async () => {
    const profile = await smdp.prepare();
    const material = materialOn(smdp, curve);
    const conversation = await authenticate({ matchingId: profile.matchingId, material });
    const { offer, initiation, transactionId } = conversation;
    expect(Object.keys(offer.members).sort()).toEqual([
      'profileMetadata',
      'smdpCertificate',
      'smdpSignature2',
      'smdpSigned2',
      'transactionId',
    ]);
    expect(offer.members['transactionId']).toBe(transactionId);
    expect(signed(conversation)).toEqual({
      transactionId: Buffer.from(transactionId, 'hex'),
      ccRequiredFlag: false,
    });
    expect(offeredIccid(conversation)).toBe(profile.iccid);

    const [authentication, binding] = [
      parseCertificate(octetsOf(initiation, 'serverCertificate')),
      parseCertificate(octetsOf(offer, 'smdpCertificate')),
    ];
    expect(binding.policies).toEqual(['2.23.146.1.2.1.5']);
    expect(binding.authorityKeyId).toEqual(authentication.authorityKeyId);
    expect(binding.curve).toBe(curve === 'NIST' ? 'P-256' : 'brainpoolP256r1');
    expect(binding.subjectAltName).toEqual(authentication.subjectAltName);
  });
});

describe('smdpSignature2', () => {
  it('covers smdpSigned2 and then the TLV of euiccSignature1', async () => {
    const { matchingId } = await smdp.prepare();
    let euiccSignature1: Buffer = Buffer.alloc(0);
    const edits: ConversationOptions['edits'] = {
      sign: (structure, _data, honest) => {
        const signature = honest();
        if (structure === 'euiccSigned1') euiccSignature1 = tlv(0x5f37, signature);
        return signature;
      },
    };
    const { offer } = await authenticate({ matchingId, edits });
    const { publicKey } = parseCertificate(octetsOf(offer, 'smdpCertificate'));
    const signature = decode(Signature, octetsOf(offer, 'smdpSignature2'));
    const data = Buffer.concat([octetsOf(offer, 'smdpSigned2'), euiccSignature1]);
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', data, key, signature)).toBe(true);
  });
});

describe('the order', () => {
  it('is found by its MatchingID, which need not be of the alphabet of SGP.22', async () => {
    const profile = await smdp.prepare({ matchingId: 'CC_REQUIRED_TEST', confirmationCode: '12345678' });
    const conversation = await authenticate({ matchingId: profile.matchingId });
    expect(offeredIccid(conversation)).toBe(profile.iccid);
    expect(signed(conversation).ccRequiredFlag).toBe(true);
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
  ])('is found by the EID where the MatchingID is %s', async (_, matchingId) => {
    const eid = newEid();
    const profile = await smdp.prepare({ eid, matchingId: '' });
    expect(offeredIccid(await authenticate({ eid, matchingId }))).toBe(profile.iccid);
  });

  it('is the oldest of several for an EID, again and again until it is installed', async () => {
    const eid = newEid();
    const [first, second] = [
      await smdp.prepare({ eid, matchingId: '' }),
      await smdp.prepare({ eid, matchingId: '' }),
    ];
    const device = smdp.device({ eid });
    expect(offeredIccid(await authenticate({ device }))).toBe(first.iccid);
    const postponed = await Conversation.bound(smdp, { device });
    expect(offeredIccid(postponed)).toBe(first.iccid);
    await postponed.cancel('postponed');
    await device.download({ smdpAddress: smdp.address });
    expect(offeredIccid(await authenticate({ device }))).toBe(second.iccid);
  });

  it('that is used up or over does not stand in the way of a younger one for the same EID', async () => {
    const eid = newEid();
    await smdp.prepare({ eid, matchingId: '', downloadAttempts: 0 });
    await smdp.prepare({ eid, matchingId: '', validUntil: '2020-01-01T00:00:00Z' });
    await smdp.prepare({ eid, matchingId: '', state: 'Confirmed' });
    const usable = await smdp.prepare({ eid, matchingId: '' });
    expect(offeredIccid(await authenticate({ eid }))).toBe(usable.iccid);
  });

  it('stays without an EID however many eUICCs ask', async () => {
    const profile = await smdp.prepare();
    for (const device of [smdp.device(), smdp.device(), smdp.device()])
      await authenticate({ device, matchingId: profile.matchingId });
    expect(await smdp.profile(profile)).toEqual(profile);
    expect(await smdp.history(profile)).toEqual([]);
  });

  it('may be linked to the EID from the beginning', async () => {
    const eid = newEid();
    const { matchingId } = await smdp.prepare({ eid });
    await authenticate({ eid, matchingId });
  });

  it('that may be used any number of times is linked to no EID', async () => {
    const profile = await smdp.prepare({ reuse: 'unlimited' });
    await authenticate({ matchingId: profile.matchingId });
    await authenticate({ matchingId: profile.matchingId });
    expect((await smdp.profile(profile)).eid).toBeNull();
  });

  it('with a limit counts the downloads that are begun', async () => {
    const profile = await smdp.prepare({ downloadAttempts: 2 });
    const device = smdp.device();
    await authenticate({ device, matchingId: profile.matchingId });
    expect((await smdp.profile(profile)).downloadAttemptsLeft).toBe(1);
    await authenticate({ device, matchingId: profile.matchingId });
    expect((await smdp.profile(profile)).downloadAttemptsLeft).toBe(0);
  });
});

describe('information about the eUICC that the server accepts', () => {
  const offered = async (edits: ConversationOptions['edits']): Promise<string> => {
    const { matchingId } = await smdp.prepare();
    const conversation = await Conversation.initiated(smdp, { matchingId, edits });
    return (await conversation.authenticate()).status;
  };

  it('are card resources in which no free memory can be read', async () => {
    const edits: ConversationOptions['edits'] = {
      values: { euiccInfo2: (info) => ({ ...info, extCardResource: Buffer.from('010203', 'hex') }) },
    };
    expect(await offered(edits)).toBe(success);
  });

  it('are capabilities that this version does not know', async () => {
    const edits: ConversationOptions['edits'] = {
      values: {
        euiccInfo2: (info) => ({
          ...info,
          uiccCapability: bits(...Array.from({ length: 32 }, (_, bit) => bit)),
          rspCapability: bits(0, 1, 2, 3, 4, 5, 6, 7),
          euiccCategory: 1,
          forbiddenProfilePolicyRules: bits(3),
          certificationDataObject: tlv(
            0xac,
            tlv(0x80, Buffer.from('platform')),
            tlv(0x81, Buffer.from('url')),
          ),
        }),
      },
    };
    expect(await offered(edits)).toBe(success);
  });

  it('are only the mandatory members of EUICCInfo2', async () => {
    const edits: ConversationOptions['edits'] = {
      values: {
        euiccInfo2: ({
          ts102241Version: _,
          globalplatformVersion: __,
          forbiddenProfilePolicyRules: ___,
          ...mandatory
        }) => mandatory,
      },
    };
    expect(await offered(edits)).toBe(success);
  });

  it('are members of later versions in EUICCInfo2 and DeviceInfo, which the signature covers', async () => {
    const later = tlv(0x9f7f, Buffer.from('later'));
    const deviceInfo = tlv(
      0xa1,
      tlv(0x80, Buffer.from('53926011', 'hex')),
      tlv(0xa1, tlv(0x9f20, Buffer.of(1))),
      later,
    );
    const seen = { ctxParams1: 0 };
    const edits: ConversationOptions['edits'] = {
      octets: {
        euiccInfo2: (der) => tlv(0xbf22, der.subarray(der[2] === 0x81 ? 4 : 3), later),
        ctxParams1: (der) => {
          const { matchingId } = decode(CtxParams1, der).ctxParamsForCommonAuthentication;
          seen.ctxParams1++;
          return tlv(0xa0, tlv(0x80, Buffer.from(matchingId!)), deviceInfo);
        },
      },
    };
    expect(await offered(edits)).toBe(success);
    expect(seen).toEqual({ ctxParams1: 1 });
  });

  it('is a device without IMEI and capabilities', async () => {
    const edits: ConversationOptions['edits'] = {
      octets: {
        ctxParams1: (der) => {
          const { matchingId } = decode(CtxParams1, der).ctxParamsForCommonAuthentication;
          const deviceInfo = { tac: Buffer.from('12345678', 'hex'), deviceCapabilities: {} };
          return encode(CtxParams1, { ctxParamsForCommonAuthentication: { matchingId, deviceInfo } });
        },
      },
    };
    expect(await offered(edits)).toBe(success);
  });

  it('is an EID whose check digits do not hold', async () => {
    const eid = '89049032123451234512345678901299';
    await smdp.prepare({ eid, matchingId: '' });
    await authenticate({ eid });
  });
});

it('a device that was refused begins anew, and gets what it is due', async () => {
  const profile = await smdp.prepare();
  const device = smdp.device();
  const wrong = await Conversation.initiated(smdp, { device, matchingId: 'INVALID-MATCHING-ID-12345' });
  const before = await traceOf(smdp, profile);
  expect((await wrong.authenticate()).status).toBe('8.2.6/3.8');
  expect(await traceOf(smdp, profile)).toEqual(before);
  expect(offeredIccid(await authenticate({ device, matchingId: profile.matchingId }))).toBe(profile.iccid);
});
