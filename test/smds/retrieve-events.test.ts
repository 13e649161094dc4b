import { randomBytes, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decode, encode, tlv } from '../../src/wire/asn1/index.js';
import {
  createVirtualDevice,
  loadManufacturer,
  manufactureEuicc,
  type EuiccMaterial,
} from '../../src/device/index.js';
import { issueCi, issueEuicc, issueEum, parseCertificate } from '../../src/pki/index.js';
import { EuiccInfo1, ServerSigned1, Signature } from '../../src/wire/rsp/index.js';
import { success } from './support/answers.js';
import { ciOf, Owner, smdpCredential } from './support/owners.js';
import { retrieve, Retrieval, type RetrievalOptions } from './support/retrieval.js';
import { names, startTestSmds } from './support/smds.js';

const smds = await startTestSmds();
const ci = ciOf(smds);
const ciKeyId = ci.certificate.subjectKeyId!;
const owner = new Owner(smds, smdpCredential(ci));

let serial = 0;
const newEid = (): string => `8904903255${String(serial++).padStart(22, '0')}`;
const day = 24 * 3600 * 1000;

const entry = (eventId: string, rspServerAddress = 'smdp.example.com') => ({ eventId, rspServerAddress });
const paths = ['es9plus', 'es11'] as const;

describe.each(paths)('event retrieval on /gsma/rsp2/%s', (path) => {
  it('authenticates the SM-DS with CERT.DSauth', async () => {
    const retrieval = new Retrieval(smds, { path });
    const { status, members } = await retrieval.initiate();
    expect(status).toBe(success);
    expect(Object.keys(members).sort()).toEqual([
      'euiccCiPKIdToBeUsed',
      'serverCertificate',
      'serverSignature1',
      'serverSigned1',
      'transactionId',
    ]);
    const octets = (name: string) => Buffer.from(members[name] as string, 'base64');
    const certificate = parseCertificate(octets('serverCertificate'));
    expect(certificate.policies).toEqual(['2.23.146.1.2.1.7']);
    expect(certificate.subjectAltName?.registeredIds).toEqual(['2.999.15']);
    expect(octets('euiccCiPKIdToBeUsed')).toEqual(tlv(0x04, ciKeyId));
    expect(decode(ServerSigned1, octets('serverSigned1'))).toMatchObject({ serverAddress: 'localhost' });
    const key = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    const signature = decode(Signature, octets('serverSignature1'));
    expect(verify('sha256', octets('serverSigned1'), key, signature)).toBe(true);
  });

  it('answers with an empty list where nothing is pending', async () => {
    expect(await retrieve(smds, { path, eid: newEid() })).toEqual({
      status: success,
      members: { transactionId: expect.stringMatching(/^[0-9A-F]{32}$/) as string, eventEntries: [] },
    });
  });

  it('answers with the events of this EID alone, and keeps them', async () => {
    const [eid, otherEid] = [newEid(), newEid()];
    await owner.register({ eid, eventId: `ONE-${eid}` });
    await owner.register({ eid: otherEid, eventId: `OTHER-${eid}` });
    await owner.register({ eid, eventId: `TWO-${eid}`, rspServerAddress: 'two.example.com:8443' });
    const expected = [entry(`ONE-${eid}`), entry(`TWO-${eid}`, 'two.example.com:8443')];
    for (const matchingId of [undefined, '', undefined])
      expect((await retrieve(smds, { path, eid, matchingId })).members['eventEntries']).toEqual(expected);
  });

  it('answers with the one event that the device names', async () => {
    const eid = newEid();
    await owner.register({ eid, eventId: `ONE-${eid}` });
    await owner.register({ eid, eventId: `TWO-${eid}` });
    const { members } = await retrieve(smds, { path, eid, matchingId: `TWO-${eid}` });
    expect(members['eventEntries']).toEqual([entry(`TWO-${eid}`)]);
  });

  it.each(['EventID', 'EID'])('refuses an event that is not there: another %s', async (what) => {
    const eid = newEid();
    await owner.register({ eid, eventId: `ONE-${eid}` });
    const asked = what === 'EID' ? { eid: newEid(), matchingId: `ONE-${eid}` } : { eid, matchingId: 'NONE' };
    expect((await retrieve(smds, { path, ...asked })).status).toBe('8.9.5/3.9');
  });

  it('ends with authenticateClient, whatever its outcome', async () => {
    const asked = new Retrieval(smds, { path, eid: newEid() });
    await asked.initiate();
    const request = asked.authenticationRequest();
    expect((await asked.ask('authenticateClient', request)).status).toBe(success);
    expect((await asked.ask('authenticateClient', request)).status).toBe('8.10.1/3.9');

    const refused = new Retrieval(smds, { path, eid: newEid(), matchingId: 'NONE' });
    await refused.initiate();
    const again = refused.authenticationRequest();
    expect((await refused.ask('authenticateClient', again)).status).toBe('8.9.5/3.9');
    expect((await refused.ask('authenticateClient', again)).status).toBe('8.10.1/3.9');
  });

  it('answers one of two that finish the same session at once', async () => {
    const retrieval = new Retrieval(smds, { path, eid: newEid() });
    await retrieval.initiate();
    const request = retrieval.authenticationRequest();
    const answers = await Promise.all([1, 2, 3].map(() => retrieval.ask('authenticateClient', request)));
    expect(answers.map(({ status }) => status).sort()).toEqual(['8.10.1/3.9', '8.10.1/3.9', success]);
  });
});

describe('initiateAuthentication with an SM-DS', () => {
  const base64 = (octets: Buffer): string => octets.toString('base64');
  const request = ({
    svn = [2, 5, 0],
    signing = [ciKeyId],
    verification = [ciKeyId],
    smdpAddress = 'localhost',
  }) => ({
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
  const initiate = (path: 'es9plus' | 'es11', changes: Parameters<typeof request>[0]) =>
    new Retrieval(smds, { path }).ask('initiateAuthentication', request(changes));
  const unknownCi = Buffer.alloc(20, 0xee);

  it.each([
    ['an SVN that is not 2.x', { svn: [3, 0, 0] }, '8.9.3/3.1'],
    ['a signing list without a CI that is trusted', { signing: [unknownCi] }, '8.9.2/3.1'],
    ['a verification list without a CI of CERT.DSauth', { verification: [unknownCi] }, '8.9.4/3.7'],
  ])('is refused with %s', async (_, changes, status) => {
    for (const path of paths) expect((await initiate(path, changes)).status).toBe(status);
  });

  it('knows its address in any case, with and without a port', async () => {
    for (const smdpAddress of ['LocalHost', 'localhost:8443'])
      expect((await initiate('es11', { smdpAddress })).status).toBe(success);
  });

  it('takes the address as smdsAddress too', async () => {
    const { smdpAddress: smdsAddress, ...others } = request({});
    const retrieval = new Retrieval(smds);
    expect((await retrieval.ask('initiateAuthentication', { ...others, smdsAddress })).status).toBe(success);
    expect((await retrieval.ask('initiateAuthentication', others)).status).toBe('1.3.1/2.2');
  });

  it('refuses an address that is neither server, in the name of the one whose path it is', async () => {
    const smdpAddress = 'elsewhere.example.com';
    expect((await initiate('es9plus', { smdpAddress })).status).toBe('8.8.1/3.8');
    expect((await initiate('es11', { smdpAddress })).status).toBe('8.9.1/3.8');
  });

  it('takes a TransactionId and a challenge anew each time', async () => {
    const retrievals = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const { members } = await initiate('es11', {});
        return decode(ServerSigned1, Buffer.from(members['serverSigned1'] as string, 'base64'));
      }),
    );
    for (const member of ['transactionId', 'serverChallenge'] as const)
      expect(new Set(retrievals.map((signed) => signed[member].toString('hex'))).size).toBe(4);
  });
});

describe('the role of a session', () => {
  it.each(paths)('follows from the address, not from the path: SM-DP+ on %s', async (path) => {
    const retrieval = new Retrieval(smds, { path, address: names.address, eid: newEid() });
    const { members } = await retrieval.initiate();
    const certificate = parseCertificate(Buffer.from(members['serverCertificate'] as string, 'base64'));
    expect(certificate.policies).toEqual(['2.23.146.1.2.1.4']);
    expect((await retrieval.authenticate()).status).toBe('8.1.1/3.8');
  });

  it('follows from the transaction, not from the path of the second request', async () => {
    const retrieval = new Retrieval(smds, { path: 'es9plus', eid: newEid() });
    await retrieval.initiate();
    const moved = Object.assign(new Retrieval(smds, { path: 'es11', device: retrieval.device }), {
      initiated: retrieval.initiated,
    });
    expect((await moved.authenticate()).members['eventEntries']).toEqual([]);
  });

  it('lets no function of ES9+ work on a session with the SM-DS', async () => {
    const retrieval = new Retrieval(smds, { path: 'es9plus', eid: newEid() });
    await retrieval.initiate();
    const { transactionId } = retrieval;
    for (const [name, member] of [
      ['getBoundProfilePackage', 'prepareDownloadResponse'],
      ['cancelSession', 'cancelSessionResponse'],
    ] as const)
      expect((await retrieval.ask(name, { transactionId, [member]: 'AA==' })).status).toBe('8.10.1/3.9');
    expect((await retrieval.authenticate()).status).toBe(success);
  });

  it('has the functions of ES9+ on the path of ES9+ only', async () => {
    expect((await smds.call('es11/getBoundProfilePackage', {})).status).toBe(404);
    expect((await smds.call('es11/handleNotification', {})).status).toBe(404);
  });
});

describe('an eUICC that the SM-DS does not believe', () => {
  const foreignCi = issueCi();
  const material = (changes: { eum?: object; euicc?: object; issuer?: typeof ci }): EuiccMaterial => {
    const eid = newEid();
    const eum = issueEum(changes.issuer ?? ci, changes.eum);
    const euicc = issueEuicc(eum, eid, changes.euicc);
    const sound = manufactureEuicc(loadManufacturer(smds.pkiFolder), eid);
    return {
      ...sound,
      credentials: [{ ciKeyId, privateKey: euicc.key, euiccCertificate: euicc.der, eumCertificate: eum.der }],
    };
  };
  const withMaterial = (changes: Parameters<typeof material>[0]): RetrievalOptions => ({
    device: createVirtualDevice({ material: material(changes) }),
  });

  const lying = (members: object): RetrievalOptions => ({
    edits: { values: { euiccSigned1: (value) => ({ ...value, ...members }) } },
  });
  const past = { notAfter: new Date(Date.now() - day), notBefore: new Date(Date.now() - 2 * day) };
  const flipped = (octets: Buffer): Buffer => {
    const changed = Buffer.from(octets);
    changed[changed.length - 1]! ^= 1;
    return changed;
  };

  it.each<[string, string, () => RetrievalOptions]>([
    ['EUM of another CI', '8.11.1/3.9', () => withMaterial({ issuer: foreignCi })],
    [
      'EUM that is not a CA',
      '8.1.2/6.1',
      () => withMaterial({ eum: { extensions: { basicConstraints: null } } }),
    ],
    ['EUM certificate that has expired', '8.1.2/6.3', () => withMaterial({ eum: past })],
    [
      'eUICC certificate without digitalSignature',
      '8.1.3/6.1',
      () => withMaterial({ euicc: { extensions: { keyUsage: null } } }),
    ],
    ['eUICC certificate that has expired', '8.1.3/6.3', () => withMaterial({ euicc: past })],
    [
      'eUICC certificate whose signature is wrong',
      '8.1.3/6.1',
      () => ({ edits: { octets: { euiccCertificate: flipped } } }),
    ],
    [
      'signature of another text',
      '8.1/6.1',
      () => ({ edits: { sign: (_structure, _data, honest) => flipped(honest()) } }),
    ],
    [
      'challenge that is not the one of the session',
      '8.1/6.1',
      () => lying({ serverChallenge: Buffer.alloc(16) }),
    ],
    ['address that is not the one of the session', '8.1/6.1', () => lying({ serverAddress: names.address })],
    [
      'TransactionId that is not the one of the session',
      '8.10.1/3.9',
      () => lying({ transactionId: Buffer.alloc(16) }),
    ],
  ])('%s: %s', async (_, status, options) => {
    expect((await retrieve(smds, options())).status).toBe(status);
  });

  it('answers a challenge of another session, which is refused', async () => {
    const device = createVirtualDevice({ material: material({}) });
    const [first, second] = [new Retrieval(smds, { device }), new Retrieval(smds, { device })];
    await first.initiate();
    const request = first.authenticationRequest();
    await second.initiate();
    const answer = await second.ask('authenticateClient', {
      ...request,
      transactionId: second.transactionId,
    });
    expect(answer.status).toBe('8.10.1/3.9');
  });

  it.each([
    ['unknown', '00'.repeat(16)],
    ['not hex', 'no transaction'],
    ['empty', ''],
  ])('names a TransactionId that is %s', async (_, transactionId) => {
    const retrieval = new Retrieval(smds, { eid: newEid() });
    await retrieval.initiate();
    expect((await retrieval.authenticate({ transactionId })).status).toBe('8.10.1/3.9');
  });

  it('comes too late', async () => {
    const late = await startTestSmds({ certs: smds.pkiFolder });
    const retrieval = new Retrieval(late, { eid: newEid() });
    await retrieval.initiate();
    late.advance(601_000);
    expect((await retrieval.authenticate()).status).toBe('8.10.1/3.9');
  });
});
