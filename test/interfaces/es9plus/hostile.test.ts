import { sign } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readAll, readTlv, tlv, tlvBytes } from '../../../src/wire/asn1/index.js';
import { loadManufacturer, manufactureEuicc, type EditableOctets } from '../../../src/device/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation, type ConversationOptions } from './support/conversation.js';
import { ask, type FunctionName, type Members } from './support/exchange.js';
import { credentialOf, newEid } from './support/issuers.js';
import { mutated, mutations, type Mutation } from './support/mutation.js';
import { events, installationResult, notify, otherSigned, succeeded } from './support/notification.js';

const smdp = await startTestSmdp();
const { matchingId } = await smdp.prepare({ reuse: 'unlimited' });
const device = smdp.device();

/** Fresh requests that would be served, for all five functions. */
const good: Record<string, () => Promise<Members>> = {
  initiateAuthentication: async () => new Conversation(smdp).initiationRequest(),
  authenticateClient: async () =>
    (await Conversation.initiated(smdp, { device, matchingId })).authenticationRequest(),
  getBoundProfilePackage: async () =>
    (await Conversation.authenticated(smdp, { device, matchingId })).bindingRequest(),
  cancelSession: async () =>
    (await Conversation.authenticated(smdp, { device, matchingId })).cancellationRequest('postponed'),
  handleNotification: async () => ({ pendingNotification: otherNotification().toString('base64') }),
};

const material = manufactureEuicc(loadManufacturer(smdp.pkiFolder), newEid());
const credential = material.credentials[0]!;
/** A ProfileInstallationResult that has not been sent yet. */
async function result(): Promise<Buffer> {
  const { transactionId } = await Conversation.bound(smdp, { material, matchingId });
  return installationResult(credential.privateKey, { transactionId, finalResult: succeeded });
}

/** However wrong a request is, it is answered, and not with an inner fault. */
async function expectAnswered(name: string, body: string | Buffer): Promise<void> {
  const response = await fetch(smdp.url(name), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  expect(response.status).toBeLessThan(500);
  await response.arrayBuffer();
}

/** Bodies that are wrong in themselves. */
const bodies: [string, string | Buffer][] = [
  ['nothing', ''],
  ['a zero octet', Buffer.of(0)],
  ['octets that are no text', Buffer.from('fffefdfc80', 'hex')],
  ['UTF-16', Buffer.from('{"transactionId":"00"}', 'utf16le')],
  ['a byte order mark', '\ufeff{}'],
  ['half a surrogate', '{"transactionId":"\\ud800"}'],
  ['an open brace', '{'],
  ['an open text', '{"transactionId":"'],
  ['null', 'null'],
  ['a number beyond all numbers', '1e999'],
  ['a number of many digits', '9'.repeat(50_000)],
  ['lists in lists', '['.repeat(60_000)],
  ['objects in objects', '{"a":'.repeat(20_000)],
  ['closed lists in lists', '['.repeat(60_000) + ']'.repeat(60_000)],
  ['many members', `{${Array.from({ length: 8_000 }, (_, i) => `"m${i}":0`).join()}}`],
  ['the same member many times', `{${'"transactionId":"00",'.repeat(4_000)}"transactionId":1}`],
  ['a prototype', '{"__proto__":{"transactionId":"00"},"constructor":{"prototype":null}}'],
  ['members named like methods', '{"toString":1,"valueOf":2,"hasOwnProperty":3,"toJSON":4,"then":5}'],
  ['ASN.1', Buffer.from('bf3803800100', 'hex')],
  ['a form', 'transactionId=00&authenticateServerResponse=00'],
  ['XML', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
];

/** Values that no member should have. */
const values: [string, unknown][] = [
  ['null', null],
  ['true', true],
  ['a number', 1e308],
  ['a list', ['AAAA']],
  ['an object', { type: 'Buffer', data: [1, 2, 3] }],
  ['an object that calls itself a text', { toString: 'AAAA', length: 4 }],
  ['an empty text', ''],
  ['one octet', 'AA=='],
  ['zeros', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['a long text', 'A'.repeat(100_000)],
  ['line breaks', '\r\n'.repeat(1_000)],
  ['control characters', '\u0000\u0007\u001b[2J'],
  ['letters of other scripts', 'ﬀ١٢٣Å𝔘'],
  ['half a surrogate', '\ud800'],
  ['a path', '../../../../../etc/passwd'],
  ['a query', "'; DROP TABLE profiles; --"],
  ['a placeholder', '${jndi:ldap://localhost/a} %s %n {{7*7}}'],
  ['a long tag', Buffer.from('bfffffffffffff7f00', 'hex').toString('base64')],
  ['an indefinite length', Buffer.from('bf388030800000', 'hex').toString('base64')],
  ['a length of 4 GiB', Buffer.from('bf3884ffffffff', 'hex').toString('base64')],
  [
    'nesting',
    Array.from({ length: 500 })
      .reduce<Buffer>((der) => tlv(0xa0, der), Buffer.alloc(0))
      .toString('base64'),
  ],
  ['many small members', tlv(0xbf38, Buffer.alloc(60_000, '8000', 'hex')).toString('base64')],
];
const members: [string, string][] = [
  ['initiateAuthentication', 'euiccChallenge'],
  ['initiateAuthentication', 'euiccInfo1'],
  ['initiateAuthentication', 'smdpAddress'],
  ['authenticateClient', 'transactionId'],
  ['authenticateClient', 'authenticateServerResponse'],
  ['getBoundProfilePackage', 'transactionId'],
  ['getBoundProfilePackage', 'prepareDownloadResponse'],
  ['cancelSession', 'transactionId'],
  ['cancelSession', 'cancelSessionResponse'],
  ['handleNotification', 'pendingNotification'],
];

const hostileBodies = Object.keys(good).flatMap((name) =>
  bodies.map(([what, body]) => [name, what, body] as const),
);
const hostileValues = members.flatMap(([name, member]) =>
  values.map(([what, value]) => [name, member, what, value] as const),
);

describe('hostile requests', () => {
  it('are at least 261', () => {
    expect(hostileBodies.length + hostileValues.length).toBeGreaterThanOrEqual(261);
  });

  it.each(hostileBodies)('%s: the body %s is answered', async (name, _, body) => {
    await expectAnswered(name, body);
  });

  it.each(hostileValues)('%s: %s with %s is answered', async (name, member, _, value) => {
    await expectAnswered(name, JSON.stringify({ ...(await good[name]!()), [member]: value }));
  });
});

const numRuns = 40;

/** The answer has the form of an answer, whatever it says. */
const expectForm = async (name: FunctionName, request: Members): Promise<void> =>
  void (await ask(smdp, name, request));

describe('messages whose structure was changed', () => {
  it.each<[FunctionName, string]>([
    ['initiateAuthentication', 'euiccInfo1'],
    ['authenticateClient', 'authenticateServerResponse'],
    ['getBoundProfilePackage', 'prepareDownloadResponse'],
    ['cancelSession', 'cancelSessionResponse'],
  ])('are answered by %s', async (name, member) => {
    await fc.assert(
      fc.asyncProperty(mutations, async (list) => {
        const request = await good[name]!();
        const changed = mutated(Buffer.from(request[member] as string, 'base64'), list);
        await expectForm(name, { ...request, [member]: changed.toString('base64') });
      }),
      { numRuns },
    );
  });

  it.each<[FunctionName, EditableOctets]>([
    ['authenticateClient', 'euiccSigned1'],
    ['getBoundProfilePackage', 'euiccSigned2'],
    ['cancelSession', 'euiccCancelSessionSigned'],
  ])('are answered by %s where they are well signed', async (name, part) => {
    let list: readonly Mutation[] = [];
    const edits: ConversationOptions['edits'] = { octets: { [part]: (der: Buffer) => mutated(der, list) } };
    const options = { device: smdp.device({ edits }), matchingId };
    const requests: Partial<Record<FunctionName, () => Promise<Members>>> = {
      authenticateClient: async () => (await Conversation.initiated(smdp, options)).authenticationRequest(),
      getBoundProfilePackage: async () => (await Conversation.authenticated(smdp, options)).bindingRequest(),
      cancelSession: async () =>
        (await Conversation.authenticated(smdp, options)).cancellationRequest('postponed'),
    };
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        list = changes;
        await expectForm(name, await requests[name]!());
      }),
      { numRuns },
    );
  });

  it('are taken by handleNotification', async () => {
    const [installation, other] = [await result(), otherNotification()];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(installation, other), mutations, async (message, list) => {
        await notify(smdp, mutated(message, list));
      }),
      { numRuns: 2 * numRuns },
    );
  });

  it('are taken by handleNotification where they are well signed', async () => {
    const other = otherNotification();
    const [tbs, , ...certificates] = partsOf(other);
    const signed = (data: Buffer): Buffer =>
      tlv(0x5f37, sign('sha256', data, { key: credential.privateKey, dsaEncoding: 'ieee-p1363' }));
    const [data] = partsOf(await result());
    await fc.assert(
      fc.asyncProperty(mutations, async (list) => {
        const [changedResult, changedOther] = [mutated(data!, list), mutated(tbs!, list)];
        await notify(smdp, tlv(0xbf37, changedResult, signed(changedResult)));
        await notify(smdp, tlv(0x30, changedOther, signed(changedOther), ...certificates));
      }),
      { numRuns },
    );
  });

  it('are answered where they are the certificate of the eUICC, well signed by its maker', async () => {
    const [tbs, algorithm] = partsOf(credential.euiccCertificate);
    const maker = credentialOf(smdp, 'EUM').key;
    await fc.assert(
      fc.asyncProperty(mutations, async (list) => {
        const changed = mutated(tbs!, list);
        const signature = tlv(0x03, Buffer.of(0), sign('sha256', changed, maker));
        const euiccCertificate = tlv(0x30, changed, algorithm!, signature);
        const forged = { ...material, credentials: [{ ...credential, euiccCertificate }] };
        const conversation = await Conversation.initiated(smdp, { material: forged, matchingId });
        await expectForm('authenticateClient', conversation.authenticationRequest());
        const { iccid } = (await smdp.store.profileByMatchingId(matchingId!))!;
        const notification = { iccid, seqNumber: 1, operations: [events.enable] };
        await notify(smdp, otherSigned(forged.credentials[0]!, notification));
      }),
      { numRuns },
    );
  });
});

/** The TLVs inside a TLV. */
const partsOf = (der: Buffer): Buffer[] => {
  const outer = readTlv(der, 0, der.length, 'definite');
  return [...readAll(der, outer.valueStart, outer.end, 'definite')].map(tlvBytes);
};

function otherNotification(): Buffer {
  return otherSigned(credential, { iccid: '8900000000000000001', seqNumber: 1, operations: [events.enable] });
}

afterAll(async () => {
  const profile = await smdp.prepare();
  const served = await smdp.device().download({ smdpAddress: smdp.address, matchingId: profile.matchingId! });
  expect(served, 'the server serves a download after all that').toMatchObject({ outcome: 'installed' });
});
