import { describe, expect, it } from 'vitest';
import { Asn1Error, decode, received, type Type } from '../../../src/wire/asn1/index.js';
import * as rsp from '../../../src/wire/rsp/index.js';
import { hex, t } from './octets.js';

const transactionId = t('80', '00112233445566778899aabbccddeeff');
const address = t('83', Buffer.from('smdp.example.com').toString('hex'));
const euiccChallenge = t('81', 'aa'.repeat(16));
const serverChallenge = t('84', 'bb'.repeat(16));
const signature = t('5f37', '5a'.repeat(64));
const serverSigned1 = [transactionId, euiccChallenge, address, serverChallenge];

const refusalOf = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    if (error instanceof Asn1Error) return error.message;
    throw error;
  }
  return 'nothing was refused';
};

describe('a member that SGP.22 does not know', () => {
  const extension = t('9f7f', '0102');
  const nested = t('bf7f', t('a0', '8000'));

  it('is passed over wherever it stands, and covered by the received octets', () => {
    for (let at = 0; at <= serverSigned1.length; at++) {
      const members = [...serverSigned1];
      members.splice(at, 0, extension, nested);
      const input = hex(t('30', ...members));
      const value = decode(rsp.ServerSigned1, input);
      expect(value.serverAddress).toBe('smdp.example.com');
      expect(received(value)).toEqual(input);
    }
  });

  it('is passed over in nested structures too', () => {
    const unsigned = t(
      'bf27',
      transactionId,
      t('bf2f', t('80', '00'), t('81', '0780'), t('0c', '61'), extension),
      t('a2', t('a0', t('4f', '0102030405'), t('04', ''), nested)),
      extension,
    );
    const value = decode(rsp.ProfileInstallationResult, hex(t('bf37', unsigned, signature, nested)));
    expect(received(value.profileInstallationResultData).toString('hex')).toBe(unsigned);
    expect(received(value.profileInstallationResultData.notificationMetadata).includes(hex(extension))).toBe(
      true,
    );
  });

  it('still has to be a TLV', () => {
    expect(refusalOf(() => decode(rsp.ServerSigned1, hex(t('30', ...serverSigned1, '9f'))))).toContain(
      'ends in the middle of a TLV header',
    );
    expect(refusalOf(() => decode(rsp.ServerSigned1, hex(t('30', ...serverSigned1, '0000'))))).toContain(
      'has tag 00',
    );
  });
});

describe('a member that is', () => {
  const order = ['transactionId', 'euiccChallenge', 'serverAddress', 'serverChallenge'];

  it.each(order.map((name, index) => ({ name, index })))('absent ($name) is named', ({ name, index }) => {
    const input = hex(t('30', ...serverSigned1.filter((_, i) => i !== index)));
    expect(refusalOf(() => decode(rsp.ServerSigned1, input))).toMatch(new RegExp(`^${name}: is missing`));
  });

  it('repeated is named', () => {
    expect(refusalOf(() => decode(rsp.ServerSigned1, hex(t('30', ...serverSigned1, serverChallenge))))).toBe(
      'serverChallenge: is repeated or out of order (at octet 74)',
    );
    expect(refusalOf(() => decode(rsp.ServerSigned1, hex(t('30', transactionId, ...serverSigned1))))).toBe(
      'transactionId: is repeated or out of order (at octet 20)',
    );
  });

  it('out of order is named', () => {
    expect(refusalOf(() => decode(rsp.ServerSigned1, hex(t('30', ...[...serverSigned1].reverse()))))).toMatch(
      /^transactionId: is missing; tag 84 came instead/,
    );
    const data = t('30', transactionId, t('04', 'cc'.repeat(32)), t('5f49', '04' + '33'.repeat(64)));
    const message = refusalOf(() =>
      decode(rsp.PrepareDownloadResponse, hex(t('bf21', t('a0', data, signature)))),
    );
    expect(message).toMatch(/^downloadResponseOk\.euiccSigned2\.euiccOtpk: is missing; tag 04 came instead/);
  });
});

describe('a member of the wrong size or range', () => {
  it.each([
    ['a transactionId of 0 octets', rsp.ServerSigned1, t('30', t('80'), ...serverSigned1.slice(1))],
    [
      'a transactionId of 17 octets',
      rsp.ServerSigned1,
      t('30', t('80', '00'.repeat(17)), ...serverSigned1.slice(1)),
    ],
    [
      'a challenge of 15 octets',
      rsp.ServerSigned1,
      t('30', transactionId, t('81', 'aa'.repeat(15)), address, serverChallenge),
    ],
    [
      'a compressed one-time key',
      rsp.SmdpSigned2,
      t('30', transactionId, t('01', '00'), t('5f49', '02' + '33'.repeat(32))),
    ],
    [
      'a hashCc of 33 octets',
      rsp.EuiccSigned2,
      t('30', transactionId, t('5f49', '04' + '33'.repeat(64)), t('04', '00'.repeat(33))),
    ],
    ['a version of 2 octets', rsp.EuiccInfo1, t('bf20', t('82', '0205'), t('a9'), t('aa'))],
    [
      '65 key identifiers',
      rsp.EuiccInfo1,
      t('bf20', t('82', '020500'), t('a9', t('04', '01').repeat(65)), t('aa')),
    ],
    [
      'an icon of 1025 octets',
      rsp.StoreMetadataRequest,
      t('bf25', t('5a', '00'.repeat(10)), t('91'), t('92'), t('93', '01'), t('94', '00'.repeat(1025))),
    ],
    [
      'an icon type 2',
      rsp.StoreMetadataRequest,
      t('bf25', t('5a', '00'.repeat(10)), t('91'), t('92'), t('93', '02')),
    ],
    [
      'an empty list of 86',
      rsp.BoundProfilePackage,
      t(
        'bf36',
        t(
          'bf23',
          t('82', '01'),
          transactionId,
          t('a6', t('80', '88'), t('81', '10'), t('84', '01')),
          t('5f49', '04' + '33'.repeat(64)),
          signature,
        ),
        t('a0', t('87', 'aa')),
        t('a1', t('88', 'bb')),
        t('a3'),
      ),
    ],
    [
      'a negative sequence number',
      rsp.NotificationMetadata,
      t('bf2f', t('80', 'ff'), t('81', '0780'), t('0c', '61')),
    ],
  ])('%s is refused', (_, type, input) => {
    expect(refusalOf(() => decode(type as Type<unknown>, hex(input)))).toMatch(
      /^[\w.]+: (has|is) .*\(at octet \d+\)$/,
    );
  });

  it('does not include a hashCc of no octets, which some test tools send for none', () => {
    const input = hex(t('30', transactionId, t('5f49', '04' + '33'.repeat(64)), t('04')));
    expect(decode(rsp.EuiccSigned2, input).hashCc).toHaveLength(0);
  });

  it('does not include an empty matchingId or deviceCapabilities, nor a TAC of 8 octets', () => {
    const input = hex(t('a0', t('80'), t('a1', t('80', '3132333435363738'), t('a1'))));
    expect(decode(rsp.CtxParams1, input)).toMatchObject({
      ctxParamsForCommonAuthentication: { matchingId: '', deviceInfo: { deviceCapabilities: {} } },
    });
  });
});
