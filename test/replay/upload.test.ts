import { beforeAll, describe, expect, it } from 'vitest';
import type { CreatedProfile, ExchangeFile, ReplayReport, SessionDetails } from '../../src/api/index.js';
import type { RunningServer } from '../../src/server/index.js';
import { startForTest } from '../server/support.js';

describe('POST /replay', () => {
  let server: RunningServer;
  let file: ExchangeFile;
  let session: string;
  const call = async <Answer>(method: 'GET' | 'POST', path: string, body?: object) => {
    const answer = await server.control({ method, path, ...(body && { body }) });
    expect(answer.status, answer.body).toBeLessThan(300);
    return JSON.parse(answer.body) as Answer;
  };

  beforeAll(async () => {
    server = await startForTest();
    const { activationCode } = await call<CreatedProfile>('POST', '/profiles', {});
    await call('POST', '/devices', { name: 'one' });
    await call('POST', '/devices/one/download?wait=true', { activationCode });
    file = await call<ExchangeFile>('GET', '/exchanges/export?interface=ES9%2B');
    session = file.exchanges[0]!.session!;
  });

  it('finds the answers of a recording the same, and leaves the server as it is', async () => {
    const before = await call('GET', '/statistics');
    const { counts, exchanges } = await call<ReplayReport>('POST', '/replay', file);
    expect(counts).toEqual({ same: 4, different: 0, notReplayed: 0 });
    expect(exchanges.map(({ function: name }) => name)).toEqual(
      file.exchanges.map(({ function: name }) => name),
    );
    expect(await call('GET', '/statistics')).toEqual(before);
  });

  it('shows how an answer differs from the recorded one', async () => {
    const changed = structuredClone(file);
    const { answer } = changed.exchanges[1]!;
    answer.body = answer.body!.replace('"Executed-Success"', '"Executed-WithWarning"');
    const { counts, exchanges } = await call<ReplayReport>('POST', `/replay?session=${session}`, changed);
    expect(counts.different).toBe(1);
    expect(exchanges[1]).toMatchObject({
      outcome: 'different',
      differences: [
        {
          path: 'header.functionExecutionStatus.status',
          recorded: 'Executed-WithWarning',
          now: 'Executed-Success',
        },
      ],
    });
  });

  it.each([
    ['what is no JSON', Buffer.from('{'), 'The file is not valid JSON'],
    ['another format', Buffer.from('{"format":"x"}'), "format is not 'mock-smdp exchanges 2'"],
    ['no body', undefined, 'The file is not valid JSON'],
    [
      'a member that is wrong',
      Buffer.from('{"format":"mock-smdp exchanges 2","exchanges":1}'),
      'The file is malformed',
    ],
  ])('refuses %s', async (_name, body, message) => {
    const answer = await server.control({ method: 'POST', path: '/replay', body });
    expect(answer.status).toBe(400);
    expect((JSON.parse(answer.body) as { detail: string }).detail).toContain(message);
  });

  it('refuses a session that the file does not have', async () => {
    const answer = await server.control({ method: 'POST', path: '/replay?session=00FF', body: file });
    expect(answer.status).toBe(400);
  });

  it('refuses a file that is too large', async () => {
    const body = Buffer.alloc(16 * 1024 * 1024 + 1, ' ');
    expect((await server.control({ method: 'POST', path: '/replay', body })).status).toBe(413);
  });

  it('replays one file at a time', async () => {
    const answers = await Promise.all(
      [1, 2].map(() => server.control({ method: 'POST', path: '/replay', body: file })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('GET /sessions/{transactionId}', () => {
  it('shows what operators said about the profile, if the query asks for it', async () => {
    const server = await startForTest();
    const get = async (path: string) =>
      JSON.parse((await server.control({ method: 'GET', path })).body) as unknown;
    const post = async (path: string, body: object) =>
      JSON.parse((await server.control({ method: 'POST', path, body })).body) as unknown;
    const { operatorUrl } = server;
    let calls = 0;
    const es2plus = async (name: string, body: object) =>
      (await (
        await fetch(`${operatorUrl}/gsma/rsp2/es2plus/${name}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({
            header: { functionRequesterIdentifier: '1.2.3', functionCallIdentifier: String(++calls) },
            ...body,
          }),
        })
      ).json()) as { iccid: string; matchingId: string };
    const { iccid } = await es2plus('downloadOrder', { profileType: 'generic' });
    const { matchingId } = await es2plus('confirmOrder', { iccid, releaseFlag: true });
    await es2plus('downloadOrder', { profileType: 'generic' });
    await post('/devices', { name: 'one' });
    await post('/devices/one/download?wait=true', { activationCode: `LPA:1$localhost$${matchingId}` });
    const { items } = (await get('/sessions')) as { items: { transactionId: string }[] };
    const path = `/sessions/${items[0]!.transactionId}`;
    expect(((await get(path)) as SessionDetails).beside).toBeUndefined();
    const { beside, exchanges } = (await get(`${path}?beside=true`)) as SessionDetails;
    expect(exchanges).toHaveLength(4);
    expect(beside!.map(({ function: name }) => name)).toEqual(['downloadOrder', 'confirmOrder']);
    expect(beside![0]!.request).toBeDefined();
  });
});
