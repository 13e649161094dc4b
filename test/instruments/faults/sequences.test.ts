import { afterEach, describe, expect, it } from 'vitest';
import { outcomeOf, startFaultyServer } from './support.js';

const server = await startFaultyServer();
const smdpAddress = 'localhost';

afterEach(async () => {
  await server.call('DELETE', '/faults');
  await server.call('DELETE', '/faults/scenarios');
});

const provoke = async (rule: object): Promise<Record<string, unknown>> => {
  const { status, body } = await server.call('POST', '/faults', rule);
  expect(body).not.toHaveProperty('errors');
  expect(status).toBe(201);
  return body;
};

const shown = async ({ id }: Record<string, unknown>): Promise<Record<string, unknown>> =>
  (await server.call('GET', `/faults/${String(id)}`)).body;

const problems = async (rule: object): Promise<unknown> => {
  const { status, body } = await server.call('POST', '/faults', rule);
  expect(status).toBe(400);
  return body['errors'];
};

const matchingIdOf = async (request: object = {}): Promise<string> =>
  (await server.call('POST', '/profiles', request)).body['matchingId'] as string;

const attempt = async (matchingId: string, device = server.device()): Promise<string> =>
  (await outcomeOf(device.download({ smdpAddress, matchingId })))
    .replace(/^ServerRefusal.* (\S+) \/ (\S+) .*/, '$1/$2')
    .replace(/^HttpStatusError.*?\b(\d{3}).*/, '$1');

const flaky = {
  name: 'flaky',
  function: 'authenticateClient',
  outcomes: [{ refuse: '8.1/4.8' }, { httpStatus: 503 }, { real: true }],
};

async function attempts(count: number): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (let each = 0; each < count; each++) outcomes.push(await attempt(await matchingIdOf()));
  return outcomes;
}

describe('a rule with a list of outcomes', () => {
  it.each([
    ['stay', ['8.1/4.8', '503', 'installed', 'installed', 'installed'], [1, 1, 3], false],
    ['restart', ['8.1/4.8', '503', 'installed', '8.1/4.8', '503'], [2, 2, 1], false],
    ['off', ['8.1/4.8', '503', 'installed', 'installed', 'installed'], [1, 1, 1], true],
  ])('gives each request the next one, and at the end: %s', async (atEnd, expected, outcomesGiven, spent) => {
    const rule = await provoke({ ...flaky, atEnd });
    expect(await attempts(5)).toEqual(expected);
    expect(await shown(rule)).toMatchObject({ outcomesGiven, spent });
  });

  it('repeats an outcome as often as it says', async () => {
    await provoke({ ...flaky, outcomes: [{ httpStatus: 503, repeat: 2 }, { real: true }] });
    expect(await attempts(4)).toEqual(['503', '503', 'installed', 'installed']);
  });

  it('counts per EID', async () => {
    const rule = await provoke({ ...flaky, countedBy: 'eid' });
    const [one, other] = [server.device(), server.device()];
    const code = await matchingIdOf({ reuse: 'per-device' });
    for (const expected of ['8.1/4.8', '503', 'installed']) {
      expect(await attempt(code, one)).toBe(expected);
      expect(await attempt(code, other)).toBe(expected);
    }
    expect(await shown(rule)).toMatchObject({ outcomesGiven: [2, 2, 2], matched: 6, hits: 4 });
  });

  it('counts per MatchingID and per session', async () => {
    await provoke({ ...flaky, countedBy: 'matchingId' });
    const [one, other] = [await matchingIdOf(), await matchingIdOf()];
    expect([await attempt(one), await attempt(other), await attempt(one)]).toEqual([
      '8.1/4.8',
      '8.1/4.8',
      '503',
    ]);
    await server.call('DELETE', '/faults');
    const rule = await provoke({ ...flaky, countedBy: 'transactionId' });
    expect(await attempts(2)).toEqual(['8.1/4.8', '8.1/4.8']);
    expect(await shown(rule)).toMatchObject({ outcomesGiven: [2, 0, 0] });
  });

  it('changes signed values in an outcome, and takes its function from there', async () => {
    const rule = await provoke({
      outcomes: [{ edit: { smdpSignature2: { flip: -1 } } }, { real: true }],
    });
    expect(rule).toMatchObject({ function: 'authenticateClient' });
    const [first, second] = await attempts(2);
    expect(first).toContain('invalidSignature');
    expect(second).toBe('installed');
  });

  it('is in the journal, and verify asks for an outcome', async () => {
    const { body: before } = await server.call('GET', '/exchanges');
    const since = before['last'];
    await provoke(flaky);
    await attempts(3);
    const { body } = await server.call('GET', `/exchanges?fault=flaky&since=${String(since)}`);
    expect(body['items']).toMatchObject([
      {
        result: '8.1/4.8',
        faults: [{ by: 'flaky', outcome: 1 }],
        ruleOutcomes: [{ outcome: 1, real: false }],
      },
      { result: 'HTTP 503', ruleOutcomes: [{ by: 'flaky', outcome: 2, real: false }] },
      { result: 'Executed-Success', ruleOutcomes: [{ by: 'flaky', outcome: 3, real: true }] },
    ]);
    const verify = (expectation: object) => server.call('POST', '/verify', { since, ...expectation });
    const third = { expect: { fault: 'flaky', outcome: 3 }, count: { exactly: 1 } };
    expect((await verify(third)).status).toBe(200);
    const { status, body: missed } = await verify({ expect: { outcome: 4, function: 'authenticateClient' } });
    expect(status).toBe(417);
    expect(missed['nearMisses']).toMatchObject([
      { differs: [{ member: 'outcome', actual: 'flaky 3' }] },
      {},
      {},
    ]);
  });

  it('gives each of many concurrent requests one outcome', async () => {
    const rule = await provoke({
      function: 'initiateAuthentication',
      outcomes: [{ httpStatus: 503, repeat: 7 }, { real: true }],
    });
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await server.post('initiateAuthentication', {})).status),
    );
    expect(statuses.filter((status) => status === 503)).toHaveLength(7);
    expect(await shown(rule)).toMatchObject({ outcomesGiven: [7, 13] });
  });

  it.each([
    [{ outcomes: [{}] }, 'outcomes.0', 'the outcome does nothing'],
    [
      { outcomes: [{ real: true, httpStatus: 503 }] },
      'outcomes.0.httpStatus',
      'cannot be combined with real',
    ],
    [{ outcomes: [{ message: 'x' }] }, 'outcomes.0', 'the outcome does nothing'],
    [{ outcomes: [{ cutAfter: 5 }] }, 'outcomes.0.cutAfter', 'requires cut'],
    [{ outcomes: [{ real: true }], refuse: '8.1/4.8' }, 'refuse', 'cannot be combined with outcomes'],
    [{ outcomes: [{ httpStatus: 503 }], next: 'cancelSession' }, 'next', 'cannot be combined with outcomes'],
    [{ outcomes: [{ httpStatus: 503 }], tls: 'close' }, 'outcomes', /^cannot be combined with tls/],
    [{ httpStatus: 503, countedBy: 'eid' }, 'countedBy', 'requires outcomes'],
    [{ httpStatus: 503, atEnd: 'off' }, 'atEnd', 'requires outcomes'],
    [
      { function: 'initiateAuthentication', countedBy: 'eid', outcomes: [{ httpStatus: 503 }] },
      'countedBy',
      'initiateAuthentication never knows eid',
    ],
    [
      { outcomes: [{ edit: { serverSignature1: null } }, { edit: { smdpSignature2: null } }] },
      'outcomes',
      'they change different functions: initiateAuthentication and authenticateClient',
    ],
    [{ outcomes: [{ httpStatus: 99 }] }, 'outcomes.0.httpStatus', /must be an HTTP status/],
    [{ outcomes: [] }, 'outcomes', /must be a list of outcomes/],
  ])('is refused: %o', async (rule, field, message) => {
    expect(await problems(rule)).toContainEqual(
      expect.objectContaining({ field, message: expect.stringMatching(message) as unknown }),
    );
  });
});

describe('a scenario', () => {
  const stateOf = async (): Promise<unknown> => (await server.call('GET', '/faults/scenarios')).body['items'];

  it('lets one rule wait for another', async () => {
    await provoke({ function: 'handleNotification', scenario: 'shop', newState: 'sold out' });
    await provoke({
      ...{ function: 'authenticateClient', refuse: '8.2.6/3.8' },
      ...{ scenario: 'shop', requiredState: 'sold out' },
    });
    expect(await stateOf()).toEqual([{ name: 'shop', namespace: null, state: 'Started' }]);
    const device = server.device();
    expect(await attempt(await matchingIdOf(), device)).toBe('installed');
    await device.sendNotifications();
    expect(await attempt(await matchingIdOf())).toBe('8.2.6/3.8');
    expect(await stateOf()).toMatchObject([{ state: 'sold out' }]);
    expect((await server.call('DELETE', '/faults/scenarios/shop')).status).toBe(204);
    expect(await attempt(await matchingIdOf())).toBe('installed');
  });

  it('is in one state for one request', async () => {
    const step = (requiredState: string, newState: string) =>
      provoke({
        function: 'initiateAuthentication',
        scenario: 'steps',
        requiredState,
        newState,
        httpStatus: 503,
      });
    const rules = [
      await step('Started', 'second'),
      await step('second', 'third'),
      await step('third', 'end'),
    ];
    const statuses: number[] = [];
    for (let request = 0; request < 9; request++)
      statuses.push((await server.post('initiateAuthentication', {})).status);
    expect(statuses.filter((status) => status === 503)).toHaveLength(3);
    for (const rule of rules) expect(await shown(rule)).toMatchObject({ hits: 1 });
  });

  it('is set by the tester, and ends with its last rule', async () => {
    const set = await server.call('PUT', '/faults/scenarios/shop', { state: 'closed' });
    expect(set).toEqual({ status: 200, body: { name: 'shop', namespace: null, state: 'closed' } });
    const rule = await provoke({ refuse: '8.1/4.8', scenario: 'shop', requiredState: 'closed' });
    expect(await attempt(await matchingIdOf())).toBe('8.1/4.8');
    await server.call('DELETE', `/faults/${String(rule['id'])}`);
    expect(await stateOf()).toEqual([]);
    expect((await server.call('DELETE', '/faults/scenarios/shop')).status).toBe(404);
  });

  it('is reset with the server', async () => {
    await server.call('PUT', '/faults/scenarios/shop', { state: 'closed' });
    await server.call('POST', '/reset', { keep: ['faults'] });
    expect(await stateOf()).toMatchObject([{ state: 'closed' }]);
    await server.call('POST', '/reset', {});
    expect(await stateOf()).toEqual([]);
  });

  it('belongs to its namespace', async () => {
    const within = (method: string, path: string, body?: object) =>
      fetch(`${server.operatorUrl}/api/v1${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', 'X-Mock-Namespace': 'one' },
        ...(body && { body: JSON.stringify(body) }),
      });
    await within('PUT', '/faults/scenarios/shop', { state: 'closed' });
    await server.call('PUT', '/faults/scenarios/shop', { state: 'open' });
    expect(await (await within('GET', '/faults/scenarios')).json()).toEqual({
      items: [{ name: 'shop', namespace: 'one', state: 'closed' }],
    });
    expect(await stateOf()).toHaveLength(2);
    expect((await within('DELETE', '/faults/scenarios')).status).toBe(200);
    expect(await stateOf()).toMatchObject([{ namespace: null, state: 'open' }]);
  });

  it.each([
    [{ scenario: 'shop', refuse: '8.1/4.8' }, 'scenario', 'requires requiredState or newState'],
    [{ newState: 'sold', refuse: '8.1/4.8' }, 'newState', 'requires scenario'],
    [{ scenario: 'shop', requiredState: 'sold' }, 'body', 'the rule does nothing'],
  ])('is refused: %o', async (rule, field, message) => {
    expect(await problems(rule)).toContainEqual(expect.objectContaining({ field, message }));
  });
});
