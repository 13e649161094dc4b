import { describe, expect, it } from 'vitest';
import { testPkiFolder } from '../../support/pki-folder.js';
import { outcomeOf, startFaultyServer } from './support.js';

const certs = await testPkiFolder();
const smdpAddress = 'localhost';

describe('conduct polite', () => {
  it('says nothing of what a device bends', async () => {
    const server = await startFaultyServer({ certs });
    const answer = await server.post('authenticateClient', { surplus: 1 });
    expect(answer.headers.has('x-mock-deviations')).toBe(false);
  });
});

describe('conduct strict', async () => {
  const server = await startFaultyServer({ certs, conduct: 'strict' });
  const deviations = async (
    name: string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<string> => {
    const answer = await fetch(`${server.deviceUrl}/gsma/rsp2/es9plus/${name}`, {
      method: 'POST',
      headers: {
        'User-Agent': 'gsma-rsp-lpad',
        'X-Admin-Protocol': 'gsma/rsp/v2.5.0',
        'Content-Type': 'application/json',
        ...headers,
      },
      body,
    });
    return answer.headers.get('x-mock-deviations') ?? '';
  };

  it('finds nothing on a device that keeps to the specification', async () => {
    const device = server.device();
    expect(await outcomeOf(device.download({ smdpAddress, matchingId: 'WARN' }))).toBe('installed');
    expect(await deviations('authenticateClient', '{}')).toBe('');
  });

  it.each([
    ['User-Agent', { 'User-Agent': 'curl/8' }, "6.5.1.1: User-Agent is 'curl/8'"],
    ['X-Admin-Protocol', { 'X-Admin-Protocol': '2.5.0' }, "6.5.1.1: X-Admin-Protocol is '2.5.0'"],
    ['Content-Type', { 'Content-Type': 'application/json;charset=UTF-8' }, '6.5.1.2: Content-Type'],
  ])('names the clause of a header that is wrong: %s', async (_name, headers, expected) => {
    expect(await deviations('authenticateClient', '{}', headers)).toContain(expected);
  });

  it.each([
    ['unknown members', { header: {} }, '6.5.2: member header is not known'],
    ['lower-case hex', { transactionId: 'ab' }, '6.5.2: transactionId is not in upper-case hex'],
    [
      'white space',
      { authenticateServerResponse: 'vzgA\n' },
      '6.5.2: authenticateServerResponse has white space',
    ],
    [
      'a long length',
      { authenticateServerResponse: 'vziBAA==' },
      '2.6.7: authenticateServerResponse is not DER',
    ],
    [
      'one inside',
      { authenticateServerResponse: 'vzgEoIEBBQ==' },
      '2.6.7: authenticateServerResponse is not DER',
    ],
  ])('names what is wrong in a body: %s', async (_what, members, expected) => {
    expect(await deviations('authenticateClient', JSON.stringify(members))).toContain(expected);
  });

  it('refuses nothing for it', async () => {
    const device = server.device({
      es9plus: {
        edits: { members: (_step, members) => ({ ...members, header: { functionCallIdentifier: 'x' } }) },
      },
    });
    expect(await outcomeOf(device.download({ smdpAddress, matchingId: 'WARN' }))).toBe('installed');
  });
});

describe('conduct hostile', async () => {
  const server = await startFaultyServer({ certs, conduct: 'hostile' });

  it('is survived by a device that reads JSON and HTTP as they are defined', async () => {
    const outcomes = [];
    for (let count = 0; count < 8; count++)
      outcomes.push(await outcomeOf(server.device().download({ smdpAddress, matchingId: 'WARN' })));
    expect(new Set(outcomes)).toEqual(new Set(['installed']));
  });

  it('gives TransactionIds of all lengths', async () => {
    const lengths = new Set<number>();
    for (let count = 0; count < 12; count++) {
      await server.device().download({
        smdpAddress,
        matchingId: 'WARN',
        stopAfter: 'initiateAuthentication',
        onStep: ({ message }) => void lengths.add(/transaction (\w+)/.exec(message)![1]!.length),
      });
    }
    expect(lengths.size).toBeGreaterThan(1);
  });

  it('answers in chunks, escapes where it may, and closes the connection', async () => {
    const answer = await server.post('authenticateClient', {});
    expect(answer.headers.get('transfer-encoding')).toBe('chunked');
    expect(answer.headers.get('connection')).toBe('close');
    const text = await answer.text();
    expect(text).toContain('"\\u0068eader"');
    const { header } = JSON.parse(text) as {
      header: { functionExecutionStatus: { statusCodeData: { message: string } } };
    };
    const { message } = header.functionExecutionStatus.statusCodeData;
    expect(message).toMatch(/^transactionId is missing .*äöü/);
    expect(message.length).toBeGreaterThan(128);
  });

  it('warns of itself', () => {
    expect(server.warnings).toContain('The conduct is hostile: answers are deliberately hard to parse.');
  });
});
