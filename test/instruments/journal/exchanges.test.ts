import { describe, expect, it } from 'vitest';
import type { ExchangeDetails, SessionView } from '../../../src/api/index.js';
import { outcomeOf, smdpAddress, startWatchedServer } from './support.js';

const server = await startWatchedServer();

/** The value at a path of the decoded request. */
const inRequest = ({ request }: ExchangeDetails, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, member) => (value as Record<string, unknown>)[member], request!.decoded);

describe('a download', async () => {
  const { iccid, matchingId } = await server.prepare({ confirmationCode: '4711' });
  const device = server.device();
  const imei = '356938035643809';
  const result = await device.download({ smdpAddress, matchingId, confirmationCode: '4711', imei });

  it('is four exchanges of one session, found by its EID, MatchingID and ICCID in every step', async () => {
    for (const query of [`eid=${device.eid}`, `matchingId=${matchingId}`, `iccid=${iccid}`]) {
      const steps = await server.exchanges(query);
      expect(steps.map(({ function: name }) => name)).toEqual([
        'initiateAuthentication',
        'authenticateClient',
        'getBoundProfilePackage',
        'handleNotification',
      ]);
      expect(new Set(steps.map(({ session }) => session))).toEqual(new Set([result.transactionId]));
    }
  });

  it('says in which state each step found and left the profile', async () => {
    const steps = await server.exchanges(`iccid=${iccid}`);
    expect(steps.map(({ state }) => state)).toEqual([
      undefined,
      { before: 'Released', after: 'Released' },
      { before: 'Released', after: 'Downloaded' },
      { before: 'Downloaded', after: 'Installed' },
    ]);
  });

  it('is shown in the fields of the specification, with the checks that held', async () => {
    const step = await server.exchange(`function=authenticateClient&eid=${device.eid}`);
    expect(inRequest(step, 'authenticateServerResponse', 'authenticateResponseOk')).toMatchObject({
      euiccSigned1: {
        transactionId: result.transactionId,
        serverAddress: smdpAddress,
        euiccInfo2: { svn: expect.stringMatching(/^2\.\d+\.\d+$/) as string },
        ctxParams1: { ctxParamsForCommonAuthentication: { matchingId } },
      },
      euiccCertificate: { subject: expect.stringContaining(device.eid) as string },
    });
    expect(step.answer.decoded).toMatchObject({
      header: { functionExecutionStatus: { status: 'Executed-Success' } },
      profileMetadata: { iccid },
      smdpSigned2: { ccRequiredFlag: true },
    });
    expect(step.checks.map(({ clause }) => clause)).toEqual([
      '5.6.3 (1)',
      '5.7.13',
      '5.6.3 (2)',
      '5.6.3 (3)',
      '5.6.3 (4)',
      '5.6.3 (5)',
      '5.6.3 (6)',
      '5.6.3 (7)',
    ]);
  });

  it('hides the hash of the confirmation code, which could be guessed from it, unless it is asked for', async () => {
    const query = `function=getBoundProfilePackage&eid=${device.eid}`;
    const hashOf = (step: ExchangeDetails): unknown =>
      inRequest(step, 'prepareDownloadResponse', 'downloadResponseOk', 'euiccSigned2', 'hashCc');
    const [closed, open] = [await server.exchange(query), await server.exchange(query, true)];
    expect(hashOf(closed)).toBe('00'.repeat(32));
    expect(hashOf(open)).toMatch(/^[0-9A-F]{64}$/);
    expect(hashOf(open)).not.toBe(hashOf(closed));
    expect(closed.secrets).toBeUndefined();
    expect(open.secrets).toMatchObject({
      'otSK.DP': expect.stringMatching(/^[0-9A-F]{64}$/) as string,
      'S-ENC': expect.stringMatching(/^[0-9A-F]{32}$/) as string,
      'S-MAC': expect.stringMatching(/^[0-9A-F]{32}$/) as string,
    });
  });

  it('is a session with its device and its outcome', async () => {
    const session = await server.session(result.transactionId.toLowerCase());
    expect(session).toMatchObject({
      transactionId: result.transactionId,
      ...{ eid: device.eid, iccid, matchingId, outcome: 'installed' },
      device: { tac: '35693803', imei },
    });
    expect(session.exchanges.map(({ id }) => id)).toEqual(session.steps.map(({ id }) => id));
  });
});

it('a download that the card could not install is a session that failed', async () => {
  const device = server.device();
  await outcomeOf(device.download({ smdpAddress, matchingId: 'BPP-MAC-3' }));
  const { items } = await server.get<{ items: { outcome: string }[] }>(`/sessions?eid=${device.eid}`);
  expect(items.map(({ outcome }) => outcome)).toEqual(['failed']);
});

describe('a refusal', () => {
  it('is found by its status code, with the clause of the check that did not hold', async () => {
    const { matchingId } = await server.prepare({ eid: '89049032123451234512345678901235' });
    const device = server.device();
    await outcomeOf(device.download({ smdpAddress, matchingId }));
    const step = await server.exchange(`result=8.1.1/3.8&eid=${device.eid}&function=authenticateClient`);
    expect(step.refusal).toEqual({
      status: '8.1.1/3.8',
      message: 'profile is linked to another EID',
      clause: '5.6.3 (6)',
    });
    expect((await server.session(step.session!)).outcome).toBe('refused');
  });

  it('with an HTTP status is the status of its session', async () => {
    await server.call('POST', '/faults', { function: 'authenticateClient', httpStatus: 503, times: 1 });
    const { matchingId } = await server.prepare();
    await outcomeOf(server.device().download({ smdpAddress, matchingId }));
    const sessions = await server.get<{ items: readonly SessionView[] }>('/sessions');
    expect(sessions.items.at(-1)).toMatchObject({ outcome: 'refused', status: 'HTTP 503' });
  });

  it('of an unknown session is listed under the TransactionId that was named', async () => {
    await server.post('cancelSession', { transactionId: 'ABCDEF0123', cancelSessionResponse: 'AA==' });
    const [step] = await server.exchanges('session=abcdef0123');
    expect(step).toMatchObject({ result: '8.10.1/3.9', session: 'ABCDEF0123' });
  });
});

describe('a request that calls no function', () => {
  const since = async (): Promise<number> => (await server.get<{ last: number }>('/exchanges')).last;

  it('is listed with its HTTP status if it could not be read', async () => {
    const mark = await since();
    await fetch(`${server.deviceUrl}/gsma/rsp2/es9plus/authenticateClient`, { method: 'POST', body: 'x' });
    expect(await server.exchanges(`since=${mark}`)).toMatchObject([
      { function: 'authenticateClient', result: 'HTTP 415' },
    ]);
  });

  it('is shown as received if it is not JSON', async () => {
    const mark = await since();
    await fetch(`${server.deviceUrl}/gsma/rsp2/es9plus/authenticateClient`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from([0xff, 0xfe]),
    });
    const step = await server.exchange(`since=${mark}`);
    expect(step.refusal).toMatchObject({ status: '1.3.1/2.1', clause: '6.5.1' });
    expect(step.request).toMatchObject({ body: '//4=', encoding: 'base64' });
  });
});

it('shows calls of ES2+ with the states of the profile, and hides the confirmation code', async () => {
  const { iccid } = await server.prepare({ state: 'Allocated' });
  const header = { functionRequesterIdentifier: 'op', functionCallIdentifier: 'call-1' };
  const answer = await fetch(`${server.operatorUrl}/gsma/rsp2/es2plus/confirmOrder`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer something-secret' },
    body: JSON.stringify({ header, iccid, releaseFlag: true, confirmationCode: 'not "to" be seen' }),
  });
  expect(answer.status).toBe(200);
  const step = await server.exchange(`interface=ES2%2B&iccid=${iccid}`);
  expect(step).toMatchObject({
    function: 'confirmOrder',
    result: 'Executed-Success',
    state: { before: 'Allocated', after: 'Released' },
  });
  expect(JSON.stringify(step.request)).not.toMatch(/be seen|something-secret/);
  expect(inRequest(step, 'confirmationCode')).toBe('***');
});

it('says which faults were provoked, and gives the result as it went out', async () => {
  const device = server.device();
  await outcomeOf(device.download({ smdpAddress, matchingId: 'MEMORY' }));
  expect(await server.exchanges(`eid=${device.eid}&function=authenticateClient`)).toMatchObject([
    { result: '8.1/4.8', faults: [{ by: 'MEMORY', what: 'refuse 8.1/4.8' }] },
  ]);
  const other = server.device();
  await outcomeOf(other.download({ smdpAddress, matchingId: 'CUT' }));
  expect(await server.exchanges(`eid=${other.eid}&result=interrupted`)).toHaveLength(1);
});

it('exports a session as one file, without secrets unless they are asked for', async () => {
  const { matchingId } = await server.prepare();
  const { transactionId } = await server.device().download({ smdpAddress, matchingId });
  const url = `${server.operatorUrl}/api/v1/exchanges/export?session=${transactionId}`;
  const answer = await fetch(url);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.json"$/);
  const text = await answer.text();
  const { format, exchanges } = JSON.parse(text) as { format: string; exchanges: ExchangeDetails[] };
  expect(format).toBe('mock-smdp exchanges 2');
  const shown = (await server.session(transactionId)).exchanges;
  expect(exchanges).toEqual(shown.map((exchange) => ({ ...exchange, replay: expect.anything() as unknown })));
  expect(text).not.toContain('otSK.DP');
  expect(await (await fetch(`${url}&secrets=true`)).text()).toContain('otSK.DP');
});

it('removes what the same query lists, sessions with their last exchange', async () => {
  const { matchingId } = await server.prepare();
  const device = server.device();
  const { transactionId } = await device.download({ smdpAddress, matchingId });
  const total = async () => (await server.get<{ total: number }>('/exchanges')).total;
  const before = await total();
  expect((await server.call('DELETE', `/exchanges?eid=${device.eid}`)).body).toEqual({ removed: 4 });
  expect(await total()).toBe(before - 4);
  expect((await server.call('GET', `/sessions/${transactionId}`)).status).toBe(404);
});

it.each([
  ['since=yesterday', /since.*not a point in time/],
  ['eidd=1', /eidd.*is not known/],
  ['interface=ES9', /'ES9' is not a known interface/],
  ['function=authenticateclient', /'authenticateclient' is not a known function/],
  ['result=8.2.6', /'8.2.6' is not a result/],
  ['status=ok', /'ok' is not a result/],
])('refuses the query %s', async (query, detail) => {
  const { status, body } = await server.call('GET', `/exchanges?${query}`);
  expect(status).toBe(400);
  expect(body['detail']).toMatch(detail);
});

it('accepts an interface whose plus is not escaped', async () => {
  expect(await server.exchanges('interface=ES9+')).toEqual(await server.exchanges('interface=ES9%2B'));
});
