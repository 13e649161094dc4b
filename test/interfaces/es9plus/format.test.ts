import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readAll, readTlv, tlv, tlvBytes } from '../../../src/wire/asn1/index.js';
import { withLengths, longLength } from '../../wire/rsp/octets.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation, type ConversationOptions } from './support/conversation.js';
import { ask, success, type FunctionName, type Members } from './support/exchange.js';
import { newEid } from './support/issuers.js';
import { traceOf } from './support/trace.js';

const smdp = await startTestSmdp();
const eid = newEid();
const profile = await smdp.prepare({ eid, matchingId: '' });

/** A request that would succeed, for each function. */
const good: Record<FunctionName, () => Promise<Members>> = {
  initiateAuthentication: async () => new Conversation(smdp).initiationRequest(),
  authenticateClient: async () => (await Conversation.initiated(smdp, { eid })).authenticationRequest(),
  getBoundProfilePackage: async () => (await Conversation.authenticated(smdp, { eid })).bindingRequest(),
  cancelSession: async () =>
    (await Conversation.authenticated(smdp, { eid })).cancellationRequest('postponed'),
};
const names = Object.keys(good) as FunctionName[];

/** Members of the requests by what they hold. */
const binaryMembers: [FunctionName, string][] = [
  ['initiateAuthentication', 'euiccChallenge'],
  ['initiateAuthentication', 'euiccInfo1'],
  ['authenticateClient', 'authenticateServerResponse'],
  ['getBoundProfilePackage', 'prepareDownloadResponse'],
  ['cancelSession', 'cancelSessionResponse'],
];
const structures = binaryMembers.filter(([, member]) => member !== 'euiccChallenge');
const textMembers: [FunctionName, string][] = [
  ['initiateAuthentication', 'smdpAddress'],
  ['authenticateClient', 'transactionId'],
  ['getBoundProfilePackage', 'transactionId'],
  ['cancelSession', 'transactionId'],
];

/** A request whose member was changed is refused with `status`, and then served as it was. */
async function expectRefused(
  name: FunctionName,
  status: string,
  change: (request: Members) => unknown,
): Promise<void> {
  const request = await good[name]();
  const before = await traceOf(smdp, profile);
  expect(await ask(smdp, name, change(request))).toEqual({ status, members: {} });
  expect(await traceOf(smdp, profile)).toEqual(before);
  expect((await ask(smdp, name, request)).status).toBe(success);
}

const bodies: [string, string][] = [
  ['nothing', ''],
  ['white space', ' \n'],
  ['no JSON', '<xml/>'],
  ['half of JSON', '{"transactionId":"00'],
  ['JSON with a comma too many', '{"transactionId":"00",}'],
  ['JSON with a byte order mark', '\ufeff{}'],
  ['null', 'null'],
  ['a number', '1'],
  ['a text', '"text"'],
  ['a list', '[]'],
  ['a list of lists', '['.repeat(50_000) + ']'.repeat(50_000)],
  ['two objects', '{}{}'],
];

describe.each(names)('the body of %s', (name) => {
  it.each(bodies)('is refused with 1.3.1/2.1 where it is %s', async (_, body) => {
    await expectRefused(name, '1.3.1/2.1', () => body);
  });

  it('is refused with 1.3.1/2.2 where it is an empty object', async () => {
    await expectRefused(name, '1.3.1/2.2', () => ({}));
  });

  it('is refused with 1.3.1/2.2 where its members are those of a prototype', async () => {
    await expectRefused(name, '1.3.1/2.2', (request) => `{"__proto__":${JSON.stringify(request)}}`);
    expect(({} as Members)['transactionId']).toBeUndefined();
  });

  it('may have members that nobody knows, in any order', async () => {
    const header = { functionRequesterIdentifier: 'requester', functionCallIdentifier: 'call' };
    const request = Object.entries({
      header,
      ...(await good[name]()),
      later: [1, { deep: null }],
      constructor: 1,
    });
    expect((await ask(smdp, name, Object.fromEntries(request.reverse()))).status).toBe(success);
  });

  it('may be longer than it needs to be, up to 128 KiB', async () => {
    const request = JSON.stringify(await good[name]());
    expect((await ask(smdp, name, request.padEnd(128 * 1024))).status).toBe(success);
  });
});

describe.each([...binaryMembers, ...textMembers])('in %s the member %s', (name, member) => {
  it.each([
    ['absent', undefined],
    ['null', null],
  ])('is refused with 1.3.1/2.2 where it is %s', async (_, value) => {
    await expectRefused(name, '1.3.1/2.2', (request) => ({ ...request, [member]: value }));
  });

  it.each([[1], [true], [['text']], [{ toString: 'text' }], [{ length: 16 }]])(
    'is refused with 1.3.1/2.1 where it is %j',
    async (value) => {
      await expectRefused(name, '1.3.1/2.1', (request) => ({ ...request, [member]: value }));
    },
  );
});

describe.each(binaryMembers)('in %s the base64 of %s', (name, member) => {
  it.each<[string, (encoded: string) => string]>([
    ['with characters of no base64', (encoded) => `!${encoded.slice(1)}`],
    ['in the alphabet for URLs', (encoded) => `-_${encoded.slice(2)}`],
    [
      'without its padding',
      (encoded) => (encoded.endsWith('=') ? encoded.replace(/=+$/, '') : `${encoded}A`),
    ],
    ['with padding too much', (encoded) => `${encoded}====`],
    ['with padding in the middle', (encoded) => `${encoded.slice(0, 2)}==${encoded.slice(4)}`],
    [
      'in hex with an odd number of digits',
      (encoded) => `${Buffer.from(encoded, 'base64').toString('hex')}0`,
    ],
    ['with a zero octet', (encoded) => `${encoded}\0`],
  ])('is refused with 1.3.1/2.1 where it is %s', async (_, change) => {
    await expectRefused(name, '1.3.1/2.1', (request) => ({
      ...request,
      [member]: change(request[member] as string),
    }));
  });

  it('may be wrapped', async () => {
    const request = await good[name]();
    const wrapped = (request[member] as string).replace(/.{1,64}/g, '$&\r\n');
    expect((await ask(smdp, name, { ...request, [member]: wrapped })).status).toBe(success);
  });
});

describe.each(structures)('in %s the DER of %s', (name, member) => {
  const changes: [string, (der: Buffer) => Buffer][] = [
    ['empty', () => Buffer.alloc(0)],
    ['cut off', (der) => der.subarray(0, -1)],
    ['cut off in its header', (der) => der.subarray(0, 2)],
    ['followed by an octet', (der) => Buffer.concat([der, Buffer.of(0)])],
    ['twice', (der) => Buffer.concat([der, der])],
    ['of another tag', (der) => Buffer.concat([Buffer.of(0xbf, 0x7e), der.subarray(2)])],
    ['without content', (der) => Buffer.concat([der.subarray(0, 2), Buffer.of(0)])],
    [
      'of indefinite length',
      (der) => Buffer.concat([der.subarray(0, 2), Buffer.of(0x80), der.subarray(3), Buffer.alloc(2)]),
    ],
    [
      'of 4 GiB',
      (der) => Buffer.concat([der.subarray(0, 2), Buffer.from('84ffffffff', 'hex'), der.subarray(3)]),
    ],
    ['wrapped once more', (der) => tlv(0x30, der)],
    [
      'nested a thousand times',
      () => Array.from({ length: 1000 }).reduce<Buffer>((der) => tlv(0xbf38, der), Buffer.alloc(0)),
    ],
  ];
  it.each(changes)('is refused with 1.3.1/2.1 where it is %s', async (_, change) => {
    await expectRefused(name, '1.3.1/2.1', (request) => ({
      ...request,
      [member]: change(Buffer.from(request[member] as string, 'base64')).toString('base64'),
    }));
  });
});

describe('the euiccChallenge', () => {
  it.each([0, 1, 15, 17, 32])('is refused with 1.3.1/2.1 where it has %i octets', async (length) => {
    const euiccChallenge = Buffer.alloc(length, 1).toString('base64');
    await expectRefused('initiateAuthentication', '1.3.1/2.1', (request) => ({ ...request, euiccChallenge }));
  });
});

describe('handleNotification', () => {
  const statusOf = async (body: unknown): Promise<number> =>
    (await smdp.post('handleNotification', body)).status;

  it.each(bodies)('is answered with 400 where its body is %s', async (_, body) => {
    expect(await statusOf(body)).toBe(400);
  });

  it.each([
    [{}],
    [{ pendingNotification: null }],
    [{ pendingNotification: 1 }],
    [{ pendingNotification: 'no base64!' }],
    [{ PendingNotification: 'AA==' }],
  ])('is answered with 400 where it is %j', async (body) => {
    expect(await statusOf(body)).toBe(400);
  });

  it('is answered with 204 where it holds octets, whatever they are', async () => {
    expect(await statusOf({ pendingNotification: 'AAAA', header: {} })).toBe(204);
  });
});

/** `BFxx { A0 { signed part, … } }` with the lengths of the signed part, and those around it, in another form. */
function rewriteSigned(der: Buffer): Buffer {
  const outer = readTlv(der, 0, der.length, 'minimal');
  const ok = readTlv(der, outer.valueStart, outer.end, 'minimal');
  const [signedPart, ...others] = [...readAll(der, ok.valueStart, ok.end, 'minimal')].map(tlvBytes);
  return tlv(outer.tag, tlv(ok.tag, withLengths(signedPart!, longLength), ...others));
}

describe('lengths that are not in their shortest form', () => {
  const signedParts = {
    authenticateClient: 'euiccSigned1',
    getBoundProfilePackage: 'euiccSigned2',
    cancelSession: 'euiccCancelSessionSigned',
  } as const;

  it.each(Object.values(signedParts))(
    'are taken in %s, whose octets are verified as they came',
    async (part) => {
      const { matchingId } = await smdp.prepare();
      let changed = 0;
      const edits: ConversationOptions['edits'] = {
        octets: {
          [part]: (der: Buffer) => {
            changed++;
            return withLengths(der, longLength);
          },
        },
      };
      const conversation = await Conversation.initiated(smdp, { matchingId, edits });
      expect((await conversation.authenticate()).status).toBe(success);
      expect((await conversation.bind()).status).toBe(success);
      expect((await conversation.cancel('postponed')).status).toBe(success);
      expect(changed).toBe(1);
    },
  );

  it.each(Object.values(signedParts))(
    'do not verify in %s where they were rewritten after signing',
    async (part) => {
      const { matchingId } = await smdp.prepare();
      const rewritten = (structure: string) => (der: Buffer) =>
        structure === part ? rewriteSigned(der) : der;
      const edits: ConversationOptions['edits'] = {
        octets: {
          authenticateServerResponse: rewritten('euiccSigned1'),
          prepareDownloadResponse: rewritten('euiccSigned2'),
          cancelSessionResponse: rewritten('euiccCancelSessionSigned'),
        },
      };
      const conversation = await Conversation.initiated(smdp, { matchingId, edits });
      const statuses = [(await conversation.authenticate()).status];
      if (part !== 'euiccSigned1') statuses.push((await conversation.bind()).status);
      if (part === 'euiccCancelSessionSigned') statuses.push((await conversation.cancel('postponed')).status);
      expect(statuses.at(-1)).toBe('8.1/6.1');
      expect(statuses.slice(0, -1).every((status) => status === success)).toBe(true);
    },
  );
});

describe('HTTP', () => {
  const all = [...names, 'handleNotification'];

  it.each([
    'text/plain',
    'text/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    'application/x-gsma-rsp-asn1',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    '*/*',
  ])('refuses the content type %s with 415', async (contentType) => {
    for (const name of all) {
      const response = await smdp.post(name, '{}', { 'Content-Type': contentType });
      expect([response.status, await response.text()]).toEqual([415, '']);
      expect(response.headers.get('x-admin-protocol')).toBe('gsma/rsp/v2.5.0');
    }
  });

  it.each(['application/json', 'application/json;charset=UTF-8', 'Application/JSON; charset=utf-8'])(
    'takes the content type %s',
    async (contentType) => {
      const request = await good.initiateAuthentication();
      const response = await smdp.post('initiateAuthentication', request, { 'Content-Type': contentType });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
    },
  );

  it('has an answer for a request without a body and its type', async () => {
    for (const name of all) {
      const { status } = await fetch(smdp.url(name), { method: 'POST' });
      expect(status).toBe(name === 'handleNotification' ? 400 : 200);
    }
  });

  it('refuses a body without its type with 415', async () => {
    for (const name of all) {
      const { status } = await fetch(smdp.url(name), { method: 'POST', body: Buffer.from('{}') });
      expect(status).toBe(415);
    }
  });

  it('refuses a body of more than 128 KiB with 413', async () => {
    for (const name of all) {
      const { status } = await smdp.post(name, '{}'.padEnd(128 * 1024 + 1));
      expect(status).toBe(413);
    }
  });

  it('refuses a body that is not UTF-8, or compressed', async () => {
    const headers = { 'Content-Type': 'application/json' };
    for (const body of [Buffer.from('{"\xff":1}', 'latin1'), gzipSync('{}')]) {
      const request = { method: 'POST', headers, body };
      const { status } = await fetch(smdp.url('handleNotification'), request);
      expect(status).toBe(400);
      expect(
        (await ask({ post: (name) => fetch(smdp.url(name), request) }, 'cancelSession', undefined)).status,
      ).toBe('1.3.1/2.1');
    }
  });

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'refuses the method %s with 405',
    async (method) => {
      for (const name of all) {
        const response = await fetch(smdp.url(name), { method });
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe('POST');
        expect(response.headers.get('x-admin-protocol')).toBe('gsma/rsp/v2.5.0');
      }
    },
  );

  it.each(['', 'unknown', 'InitiateAuthentication', 'initiateAuthentication/', 'initiateAuthentication/x'])(
    'knows no function %j: 404',
    async (name) => {
      expect((await smdp.post(name, {})).status).toBe(404);
    },
  );
});

describe('X-Admin-Protocol', () => {
  it.each([
    ['gsma/rsp/v2.5.0', 'gsma/rsp/v2.5.0'],
    ['gsma/rsp/v2.2.2', 'gsma/rsp/v2.2.2'],
    ['gsma/rsp/v2.0.0', 'gsma/rsp/v2.0.0'],
    ['gsma/rsp/v2.6.1', 'gsma/rsp/v2.5.0'],
    ['gsma/rsp/v3.1.0', 'gsma/rsp/v2.5.0'],
    ['gsma/rsp/v1.0.0', 'gsma/rsp/v2.5.0'],
    ['gsma/rsp/v2.2.2, gsma/rsp/v2.5.0', 'gsma/rsp/v2.2.2'],
    ['rubbish', 'gsma/rsp/v2.5.0'],
    [undefined, 'gsma/rsp/v2.5.0'],
  ])('of the request %j is answered with %s', async (asked, answered) => {
    const headers: Record<string, string> = asked === undefined ? {} : { 'X-Admin-Protocol': asked };
    for (const name of [...names, 'handleNotification']) {
      const response = await smdp.post(name, { pendingNotification: 'AAAA' }, headers);
      expect(response.headers.get('x-admin-protocol')).toBe(answered);
    }
  });
});
