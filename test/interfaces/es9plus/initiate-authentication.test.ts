import { randomBytes, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decode, encode, tlv } from '../../../src/wire/asn1/index.js';
import { parseCertificate } from '../../../src/pki/index.js';
import {
  AuthenticateServerResponse,
  EuiccInfo1,
  ServerSigned1,
  Signature,
} from '../../../src/wire/rsp/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation } from './support/conversation.js';
import { ask, octetsOf, success, type Members } from './support/exchange.js';
import { credentialOf, materialOn } from './support/issuers.js';

const smdp = await startTestSmdp();
const nistCi = credentialOf(smdp, 'CI', 'NIST').certificate.subjectKeyId!;
const brainpoolCi = credentialOf(smdp, 'CI', 'BRP').certificate.subjectKeyId!;
const unknownCi = Buffer.alloc(20, 0xee);

const base64 = (octets: Buffer): string => octets.toString('base64');

/** A request of a device with the given EUICCInfo1. */
const request = ({
  svn = [2, 5, 0],
  verification = [nistCi],
  signing = [nistCi],
  smdpAddress = smdp.address,
}: {
  svn?: number[];
  verification?: Buffer[];
  signing?: Buffer[];
  smdpAddress?: string;
} = {}) => ({
  euiccChallenge: base64(randomBytes(16)),
  euiccInfo1: base64(
    encode(EuiccInfo1, {
      svn: Buffer.from(svn),
      euiccCiPKIdListForVerification: verification,
      euiccCiPKIdListForSigning: signing,
    }),
  ),
  smdpAddress,
});
const initiate = (body: Members) => ask(smdp, 'initiateAuthentication', body);

describe('initiateAuthentication', () => {
  it('answers with a signed challenge of its own and the certificate for it', async () => {
    const body = request();
    const answer = await initiate(body);
    expect(answer.status).toBe(success);
    expect(Object.keys(answer.members).sort()).toEqual([
      'euiccCiPKIdToBeUsed',
      'serverCertificate',
      'serverSignature1',
      'serverSigned1',
      'transactionId',
    ]);
    expect(answer.members['transactionId']).toMatch(/^[0-9A-F]{32}$/);

    const signed = decode(ServerSigned1, octetsOf(answer, 'serverSigned1'));
    expect(signed).toMatchObject({
      transactionId: Buffer.from(answer.members['transactionId']!, 'hex'),
      euiccChallenge: Buffer.from(body.euiccChallenge, 'base64'),
      serverAddress: smdp.address,
    });
    expect(octetsOf(answer, 'euiccCiPKIdToBeUsed')).toEqual(tlv(0x04, nistCi));

    const certificate = parseCertificate(octetsOf(answer, 'serverCertificate'));
    expect(certificate.policies).toEqual(['2.23.146.1.2.1.4']);
    expect(certificate.authorityKeyId).toEqual(nistCi);
    const signature = decode(Signature, octetsOf(answer, 'serverSignature1'));
    const key = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', octetsOf(answer, 'serverSigned1'), key, signature)).toBe(true);
  });

  it('never gives out a TransactionId or a challenge twice', async () => {
    const body = request();
    const answers = await Promise.all(Array.from({ length: 20 }, () => initiate(body)));
    const signed = answers.map((answer) => decode(ServerSigned1, octetsOf(answer, 'serverSigned1')));
    expect(new Set(signed.map(({ transactionId }) => transactionId.toString('hex'))).size).toBe(20);
    expect(new Set(signed.map(({ serverChallenge }) => serverChallenge.toString('hex'))).size).toBe(20);
  });

  it.each([
    [2, 0, 0],
    [2, 2, 1],
    [2, 2, 2],
    [2, 3, 0],
    [2, 6, 0],
    [2, 255, 255],
  ])('serves an eUICC of version %i.%i.%i', async (...svn) => {
    expect((await initiate(request({ svn }))).status).toBe(success);
  });

  it.each([
    [1, 0, 0],
    [1, 255, 255],
    [3, 0, 0],
    [0, 0, 0],
  ])('refuses an eUICC of version %i.%i.%i with 8.8.3/3.1', async (...svn) => {
    expect(await initiate(request({ svn }))).toEqual({ status: '8.8.3/3.1', members: {} });
  });
});

describe('the address in initiateAuthentication', () => {
  const [host, port] = smdp.address.split(':') as [string, string];

  it.each([
    ['as it is', smdp.address],
    ['in upper case', smdp.address.toUpperCase()],
    ['without the port', host],
  ])('is taken %s, and signed as the device wrote it', async (_, smdpAddress) => {
    const answer = await initiate(request({ smdpAddress }));
    expect(answer.status).toBe(success);
    expect(decode(ServerSigned1, octetsOf(answer, 'serverSigned1')).serverAddress).toBe(smdpAddress);
  });

  it.each([
    ['of another host', 'unknown.server.invalid'],
    ['with another port', `${host}:${Number(port) - 1}`],
    ['with something in front of it', `x${host}`],
    ['with something behind it', `${host}.`],
    ['as a URL', `http://${smdp.address}`],
    ['in letters that only look the same', 'loc\u0430lhost'],
    ['in letters whose lower case is the same', 'loCALHO\u017fT'],
    ['empty', ''],
  ])('is refused %s with 8.8.1/3.8', async (_, smdpAddress) => {
    expect(await initiate(request({ smdpAddress }))).toEqual({ status: '8.8.1/3.8', members: {} });
  });
});

describe('the CI in initiateAuthentication', () => {
  const ciOf = (answer: Awaited<ReturnType<typeof initiate>>) => ({
    signing: octetsOf(answer, 'euiccCiPKIdToBeUsed').subarray(2),
    server: parseCertificate(octetsOf(answer, 'serverCertificate')).authorityKeyId,
  });

  it.each([
    ['NIST before brainpool', [nistCi, brainpoolCi], nistCi],
    ['brainpool before NIST', [brainpoolCi, nistCi], brainpoolCi],
    ['one that is not known first', [unknownCi, brainpoolCi], brainpoolCi],
  ])('follows the preference of the eUICC: %s', async (_, signing, expected) => {
    const answer = await initiate(request({ signing, verification: [nistCi, brainpoolCi] }));
    expect(ciOf(answer)).toEqual({ signing: expected, server: expected });
  });

  it('may be another one for the server than for the eUICC', async () => {
    const answer = await initiate(request({ signing: [nistCi], verification: [unknownCi, brainpoolCi] }));
    expect(ciOf(answer)).toEqual({ signing: nistCi, server: brainpoolCi });
  });

  const unsupported = [Buffer.from('ffff', 'hex'), Buffer.from('fffe', 'hex')];
  it.each([
    ['8.8.2/3.1', 'is in neither list', { signing: unsupported, verification: unsupported }],
    ['8.8.2/3.1', 'is in no signing list', { signing: [unknownCi] }],
    ['8.8.2/3.1', 'is in an empty signing list', { signing: [] }],
    ['8.8.4/3.7', 'is in no verification list', { verification: [unknownCi] }],
    ['8.8.4/3.7', 'is in an empty verification list', { verification: [] }],
  ])('is refused with %s where it %s', async (status, _, lists) => {
    expect(await initiate(request(lists))).toEqual({ status, members: {} });
  });
});

describe('what does not matter in initiateAuthentication', () => {
  it('is a challenge that was used before', async () => {
    const body = request();
    expect((await initiate(body)).status).toBe(success);
    expect((await initiate(body)).status).toBe(success);
  });

  it('is a header and members of later versions', async () => {
    const header = { functionRequesterIdentifier: 'requester', functionCallIdentifier: 'always the same' };
    const answer = await initiate({ header, lpaRspCapability: 'BgA=', ...request() });
    expect(answer.status).toBe(success);
  });

  it('is a member that EUICCInfo1 does not have in this version', async () => {
    const known = Buffer.from(request().euiccInfo1, 'base64');
    const extended = tlv(0xbf20, known.subarray(3), tlv(0x9f7f, Buffer.of(1)));
    expect((await initiate({ ...request(), euiccInfo1: base64(extended) })).status).toBe(success);
  });

  it('is white space in base64, which some LPAs wrap', async () => {
    const body = request();
    const euiccInfo1 = body.euiccInfo1.replace(/(.{20})/g, '$1\r\n');
    expect((await initiate({ ...body, euiccInfo1 })).status).toBe(success);
  });
});

it.each(['NIST', 'BRP'] as const)('a strict eUICC on %s believes the answer', async (curve) => {
  const conversation = await Conversation.initiated(smdp, { material: materialOn(smdp, curve) });
  const { authenticateServerResponse } = conversation.authenticationRequest();
  const response = Buffer.from(authenticateServerResponse as string, 'base64');
  expect(decode(AuthenticateServerResponse, response)).toHaveProperty('authenticateResponseOk');
});

it('answers 503 while the database fails, so that devices try again', async () => {
  const other = await startTestSmdp({ pkiFolder: smdp.pkiFolder });
  await other.store.close();
  const { status } = await other.post('initiateAuthentication', request({ smdpAddress: other.address }), {
    'X-Admin-Protocol': 'gsma/rsp/v2.5.0',
  });
  expect(status).toBe(503);
});
