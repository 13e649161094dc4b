import { describe, expect, it } from 'vitest';
import type { ExchangeFile } from '../../src/api/recording/index.js';
import { findingsOf, replayed, smdpAddress, startRecordedServer } from './support.js';

const server = await startRecordedServer();
const { matchingId } = await server.prepare();
const device = server.device();
await device.download({ smdpAddress, matchingId });
const recorded = await server.export('secrets=true');
const withoutSecrets = await server.export();

type Exchange = ExchangeFile['exchanges'][number];
type Message = Exchange['answer'] | NonNullable<Exchange['request']>;

/** The file with one of its exchanges changed. */
function tampered(name: string, change: (exchange: Exchange) => void, file = recorded): ExchangeFile {
  const copy = structuredClone(file);
  change(copy.exchanges.find((exchange) => exchange.function === name)!);
  return copy;
}

/** Changes the octets of a member. */
function edit(message: Message, member: string, change: (octets: Buffer) => void): void {
  const body = JSON.parse(message.body!) as Record<string, string>;
  const octets = Buffer.from(body[member]!, 'base64');
  change(octets);
  message.body = JSON.stringify({ ...body, [member]: octets.toString('base64') });
}

const flip =
  (at: number) =>
  (octets: Buffer): void =>
    void (octets[octets.length + at]! ^= 1);

/** Paths and values of what differs, one line each. */
const found = async (file: ExchangeFile): Promise<string[]> =>
  findingsOf(await replayed(file)).map((line) => line.replace(/^\d+ /, ''));

describe('an answer that is not the one that was given is found', () => {
  it('as the field that differs', async () => {
    const file = tampered('authenticateClient', ({ answer }) =>
      edit(answer, 'smdpSigned2', (octets) => {
        octets[octets.indexOf(Buffer.of(0x01, 0x01, 0x00)) + 2] = 0xff;
      }),
    );
    expect(await found(file)).toEqual(['authenticateClient: smdpSigned2.ccRequiredFlag: true > false']);
  });

  it('as the status code and its message', async () => {
    const file = tampered('authenticateClient', ({ answer }) => {
      answer.body = answer.body!.replace('"Executed-Success"', '"Executed-WithWarning"');
    });
    expect(await found(file)).toEqual([
      'authenticateClient: header.functionExecutionStatus.status: Executed-WithWarning > Executed-Success',
    ]);
  });

  it('as the octet of an encrypted segment', async () => {
    const file = tampered('getBoundProfilePackage', ({ answer }) =>
      edit(answer, 'boundProfilePackage', flip(-20)),
    );
    const [line, ...others] = await found(file);
    expect(line).toMatch(/^getBoundProfilePackage: boundProfilePackage\.sequenceOf86\.\d+: .*octet \d+ of/);
    expect(others).toEqual([]);
  });

  it('as the metadata of a BPP whose key is not known', async () => {
    const file = tampered(
      'getBoundProfilePackage',
      ({ answer }) =>
        edit(answer, 'boundProfilePackage', (octets) => {
          octets[octets.indexOf('Mock MNO')] = 0x4e;
        }),
      withoutSecrets,
    );
    const [line, ...others] = await found(file);
    expect(line).toMatch(/^getBoundProfilePackage: boundProfilePackage\.sequenceOf88\.0: /);
    expect(others).toEqual([]);
  });

  it('as the length of what is encrypted in it', async () => {
    const file = tampered(
      'getBoundProfilePackage',
      ({ answer }) => {
        const body = JSON.parse(answer.body!) as Record<string, string>;
        const octets = Buffer.from(body['boundProfilePackage']!, 'base64');
        answer.body = JSON.stringify({
          ...body,
          boundProfilePackage: octets.subarray(0, -1).toString('base64'),
        });
      },
      withoutSecrets,
    );
    expect(await found(file)).not.toEqual([]);
  });

  it('as members that are written in another order', async () => {
    const file = tampered('authenticateClient', ({ answer }) => {
      const members = Object.entries(JSON.parse(answer.body!) as object);
      answer.body = JSON.stringify(Object.fromEntries(members.reverse()));
    });
    const [line, ...others] = await found(file);
    expect(line).toMatch(/^authenticateClient: body: the same members, written as .* \(octet 2 of \d+\) > /);
    expect(others).toEqual([]);
  });

  it('as a part of a long text', async () => {
    const file = tampered('initiateAuthentication', ({ answer }) => {
      answer.body = JSON.stringify({ ...JSON.parse(answer.body!), message: `${'long '.repeat(1000)}end` });
    });
    const [line, ...others] = await found(file);
    expect(line).toMatch(/^initiateAuthentication: message: (long )+…? > nothing$/);
    expect(line!.length).toBeLessThan(500);
    expect(others).toEqual([]);
  });

  it('as HTTP status and header', async () => {
    const file = tampered('handleNotification', ({ answer }) => {
      answer.status = 200;
      answer.headers['x-admin-protocol'] = 'gsma/rsp/v2.1.0';
    });
    expect(await found(file)).toEqual([
      'handleNotification: HTTP status: 200 > 204',
      'handleNotification: headers.x-admin-protocol: gsma/rsp/v2.1.0 > gsma/rsp/v2.5.0',
    ]);
  });

  it('as the state in which the order is left', async () => {
    const file = tampered('handleNotification', ({ state }) => {
      state!.after = 'Error';
    });
    expect(await found(file)).toEqual(['handleNotification: order.state: Error > Installed']);
  });

  it('as a signature over something else', async () => {
    const file = tampered('initiateAuthentication', ({ replay }) => {
      replay.signatures = ['11'.repeat(64)];
    });
    expect(await found(file)).toEqual([
      expect.stringMatching(
        /^initiateAuthentication: serverSignature1: \w{128} > a signature over different data$/,
      ),
    ]);
  });
});

describe('a request that is not the one that was sent', () => {
  const file = tampered('authenticateClient', ({ request }) =>
    edit(request!, 'authenticateServerResponse', (octets) => {
      octets[40]! ^= 1;
    }),
  );

  it('is answered as it deserves', async () => {
    const { exchanges } = await replayed(file);
    expect(exchanges.map(({ recorded: then, now, outcome }) => [then, now, outcome])).toEqual([
      ['Executed-Success', 'Executed-Success', 'same'],
      ['Executed-Success', '8.1/6.1', 'different'],
      ['Executed-Success', '8.10.1/3.9', 'different'],
      ['Executed-Success', 'unverified', 'different'],
    ]);
  });

  it('leads the rest of its session elsewhere, which is said', async () => {
    const { exchanges } = await replayed(file);
    const [, strayed, ...rest] = exchanges;
    expect(strayed!.remark).toBeUndefined();
    for (const { remark } of rest)
      expect(remark).toBe(
        `a possible consequence of exchange ${strayed!.id} of the same session, which now has a different answer`,
      );
  });
});
