import { describe, expect, it } from 'vitest';
import { any, bits, decode, encode, received, type Type } from '../../../src/wire/asn1/index.js';
import * as rsp from '../../../src/wire/rsp/index.js';
import { messages } from './messages.js';
import { hex, t } from './octets.js';

const transactionId = '00112233445566778899aabbccddeeff';
const challenge = 'c0c1c2c3c4c5c6c7c8c9cacbcccdcecf';
const signature = t('5f37', '5a'.repeat(64));
const oneTimeKey = t('5f49', '04' + '33'.repeat(64));
const address = Buffer.from('smdp.example.com').toString('hex');
const keyId = 'f54172bdf98a95d65cbeb88a38a1c11d800a85c3';
const euiccCertificate = t('30', t('02', '01'));
const eumCertificate = t('30', t('02', '02'));

const euiccInfo2 = t(
  'bf22',
  t('81', '020301'),
  t('82', '020500'),
  t('83', '010203'),
  t('84', '81010082040007a120830400002710'),
  t('85', '067f36c0'),
  t('86', '090200'),
  t('87', '020300'),
  t('88', '0490'),
  t('a9', t('04', keyId)),
  t('aa', t('04', keyId)),
  t('8b', '02'),
  t('99', '0640'),
  t('04', '010000'),
  t('0c', Buffer.from('XX-YY-UP-0001').toString('hex')),
  t('ac', t('80', '41'), t('81', '42')),
);
const deviceInfo = [
  t('80', '53092011'),
  t('a1', t('80', '050000'), t('85', '0b0000'), t('88', '0f0000')),
  t('82', '53092011111111f1'),
];
const euiccSigned1 = t(
  '30',
  t('80', transactionId),
  t('83', address),
  t('84', challenge),
  euiccInfo2,
  t('a0', t('80', Buffer.from('TOKEN-1').toString('hex')), t('a1', ...deviceInfo)),
);
const euiccSigned2 = t('30', t('80', transactionId), oneTimeKey, t('04', 'cc'.repeat(32)));
const cancelSigned = t('30', t('80', transactionId), t('81', '88370a'), t('82', '03'));
const notificationMetadata = t(
  'bf2f',
  t('80', '00'),
  t('81', '0780'),
  t('0c', address),
  t('5a', '98001032547698103214'),
);
const success = t('a0', t('4f', 'a0000005591010ffffffff8900001200'), t('04', 'a000'));
const failure = t('a1', t('80', '05'), t('81', '0c'), t('82', '3003'));
const installed = (...result: string[]) =>
  t(
    'bf37',
    t('bf27', t('80', transactionId), notificationMetadata, t('06', '88370a'), t('a2', ...result)),
    signature,
  );

/** Each message as the tables of SGP.22 lay it out, tag by tag, written without the codec under test. */
const layouts: readonly (readonly [string, Type<unknown>, string])[] = [
  [
    'EUICCInfo1',
    rsp.EuiccInfo1,
    t('bf20', t('82', '020500'), t('a9', t('04', keyId), t('04', '00'.repeat(20))), t('aa', t('04', keyId))),
  ],
  ['EUICCInfo2', rsp.EuiccInfo2, euiccInfo2],
  [
    'ServerSigned1',
    rsp.ServerSigned1,
    t('30', t('80', transactionId), t('81', challenge), t('83', address), t('84', challenge)),
  ],
  [
    'AuthenticateServerResponse, accepted',
    rsp.AuthenticateServerResponse,
    t('bf38', t('a0', euiccSigned1, signature, euiccCertificate, eumCertificate)),
  ],
  [
    'AuthenticateServerResponse, refused',
    rsp.AuthenticateServerResponse,
    t('bf38', t('a1', t('80', transactionId), t('02', '06'))),
  ],
  ['SmdpSigned2', rsp.SmdpSigned2, t('30', t('80', transactionId), t('01', 'ff'), oneTimeKey)],
  [
    'PrepareDownloadResponse, accepted',
    rsp.PrepareDownloadResponse,
    t('bf21', t('a0', euiccSigned2, signature)),
  ],
  [
    'PrepareDownloadResponse, refused',
    rsp.PrepareDownloadResponse,
    t('bf21', t('a1', t('80', transactionId), t('02', '7f'))),
  ],
  ['CancelSessionResponse, accepted', rsp.CancelSessionResponse, t('bf41', t('a0', cancelSigned, signature))],
  ['CancelSessionResponse, refused', rsp.CancelSessionResponse, t('bf41', t('81', '05'))],
  [
    'InitialiseSecureChannelRequest',
    rsp.InitialiseSecureChannelRequest,
    t(
      'bf23',
      t('82', '01'),
      t('80', transactionId),
      t('a6', t('80', '88'), t('81', '10'), t('84', '6d6f636b736d6470')),
      oneTimeKey,
      signature,
    ),
  ],
  ['ConfigureISDPRequest, empty', rsp.ConfigureIsdpRequest, 'bf2400'],
  ['ConfigureISDPRequest', rsp.ConfigureIsdpRequest, 'bf2407b805800388370a'],
  [
    'StoreMetadataRequest',
    rsp.StoreMetadataRequest,
    t(
      'bf25',
      t('5a', '98001032547698103214'),
      t('91', '4d4e4f'),
      t('92', '54657374'),
      t('93', '01'),
      t('94', '89504e47'),
      t('95', '00'),
      t('b6', t('30', t('80', '0780'), t('81', address)), t('30', t('80', '0410'), t('81', address))),
      t('b7', t('80', '00f110'), t('81', '01'), t('82', '02')),
      t('99', '0560'),
      t('bf22', t('a0', '')),
      t('bf23', t('a0', '')),
    ),
  ],
  [
    'ReplaceSessionKeysRequest',
    rsp.ReplaceSessionKeysRequest,
    t('bf26', t('80', '43'.repeat(16)), t('81', '41'.repeat(16)), t('82', '42'.repeat(16))),
  ],
  [
    'BoundProfilePackage',
    rsp.BoundProfilePackage,
    t(
      'bf36',
      t(
        'bf23',
        t('82', '01'),
        t('80', '01'),
        t('a6', t('80', '88'), t('81', '10'), t('84', '01')),
        oneTimeKey,
        signature,
      ),
      t('a0', t('87', 'aa')),
      t('a1', t('88', 'bb'), t('88', 'bc')),
      t('a2', t('87', 'ab')),
      t('a3', t('86', 'cc'), t('86', 'cd')),
    ),
  ],
  ['ProfileInstallationResult, installed', rsp.ProfileInstallationResult, installed(success)],
  ['PendingNotification, not installed', rsp.PendingNotification, installed(failure)],
  [
    'PendingNotification, other',
    rsp.PendingNotification,
    t('30', notificationMetadata, signature, euiccCertificate, eumCertificate),
  ],
  [
    'EUICCResponse',
    rsp.EuiccResponse,
    t('30', t('a0', t('30', t('80', '00')), t('30', t('80', '0d'), t('81', '07')))),
  ],
];

describe('the layout of', () => {
  it.each(layouts)('%s is that of SGP.22, read and written', (_, type, layout) => {
    const value = decode(type, hex(layout));
    expect(encode(type, value).toString('hex')).toBe(layout);
  });

  it('AuthenticateServerResponse puts each part where it belongs', () => {
    const layout = t('bf38', t('a0', euiccSigned1, signature, euiccCertificate, eumCertificate));
    const value = decode(rsp.AuthenticateServerResponse, hex(layout));
    if (!('authenticateResponseOk' in value)) throw new Error('not the accepted alternative');
    const ok = value.authenticateResponseOk;
    expect(ok).toMatchObject({
      euiccCertificate: hex(euiccCertificate),
      eumCertificate: hex(eumCertificate),
      euiccSigned1: {
        transactionId: hex(transactionId),
        serverAddress: 'smdp.example.com',
        serverChallenge: hex(challenge),
        euiccInfo2: {
          svn: hex('020500'),
          euiccCategory: 2,
          forbiddenProfilePolicyRules: bits(rsp.PprId.ppr1),
          ppVersion: hex('010000'),
          sasAcreditationNumber: 'XX-YY-UP-0001',
          certificationDataObject: hex(t('ac', t('80', '41'), t('81', '42'))),
        },
        ctxParams1: {
          ctxParamsForCommonAuthentication: {
            matchingId: 'TOKEN-1',
            deviceInfo: { tac: hex('53092011'), imei: hex('53092011111111f1') },
          },
        },
      },
    });
    expect(received(ok.euiccSigned1).toString('hex')).toBe(euiccSigned1);
    expect(received(ok.euiccSignature1).toString('hex')).toBe(signature);
    expect(received(ok.euiccSigned1.euiccInfo2).toString('hex')).toBe(euiccInfo2);
  });

  it('ProfileInstallationResult gives what its signature covers', () => {
    const value = decode(rsp.ProfileInstallationResult, hex(installed(success)));
    const data = value.profileInstallationResultData;
    expect(hex(installed(success)).includes(received(data))).toBe(true);
    expect(received(data).subarray(0, 2)).toEqual(hex('bf27'));
    expect(data).toMatchObject({
      smdpOid: '2.999.10',
      notificationMetadata: { seqNumber: 0, iccid: hex('98001032547698103214') },
      finalResult: { successResult: { simaResponse: hex('a000') } },
    });
    expect(rsp.iccidFromOctets(data.notificationMetadata.iccid!)).toBe('89000123456789012341');
  });

  it('CancelSessionResponse names the OID 2.999.10 and the reason', () => {
    const value = decode(rsp.CancelSessionResponse, hex(t('bf41', t('a0', cancelSigned, signature))));
    expect(value).toMatchObject({
      cancelSessionResponseOk: {
        euiccCancelSessionSigned: { smdpOid: '2.999.10', reason: rsp.CancelSessionReason.pprNotAllowed },
      },
    });
  });
});

describe('the list of messages under test', () => {
  const parts: readonly unknown[] = [
    rsp.TransactionId,
    rsp.Signature,
    rsp.OneTimePublicKey,
    rsp.Iccid,
    rsp.Certificate,
    rsp.SubjectKeyIdentifier,
  ];
  const isType = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && 'read' in value && 'write' in value && 'tags' in value;

  it('has every type that the RSPDefinitions export, but for the strings they are made of', () => {
    expect(isType(any())).toBe(true);
    const tested = messages.map(({ type }) => type as unknown);
    const untested = Object.entries(rsp)
      .filter(([, value]) => isType(value) && !tested.includes(value) && !parts.includes(value))
      .map(([name]) => name);
    expect(untested).toEqual([]);
  });
});
