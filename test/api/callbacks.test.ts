import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { CallbackView } from '../../src/api/callbacks/view.js';
import { now, testApi, type TestApi } from './support.js';

const view = Compile(CallbackView);
const iccid = '8900101000000000019';

/** Calls of two operators: of the first one is delivered, one has failed, one waits for that; of the second one waits. */
async function apiWithCalls(): Promise<TestApi> {
  const api = await testApi();
  const { store } = api;
  const [profile] = await store.createProfiles([
    { iccid, profileType: 'generic', state: 'Released', createdAt: 1 },
  ]);
  const calls = (['one', 'one', 'one', 'two'] as const).map((operator, index) => ({
    ...{ profileId: profile!.id, operator, iccid, queuedAt: now.getTime() },
    body: JSON.stringify({ notificationPointId: index + 1 }),
  }));
  await store.commit(calls.map((call) => ({ kind: 'queueCallback', call })));
  const lease = async () => (await store.leaseCallbacks('one', 10, 20, 1))[0]!;
  await store.callbackDelivered(await lease(), now.getTime());
  await store.callbackFailed(await lease(), now.getTime() + 5000, 'HTTP status 500');
  return api;
}

const points = ({ items }: { items: readonly unknown[] }): unknown[] =>
  items.flatMap((item) => Object.values((item as CallbackView).body as object) as unknown[]);

describe('GET /callbacks', () => {
  test('shows what waits, what was delivered, and what went wrong, the newest first', async () => {
    const { call } = await apiWithCalls();
    const { status, body } = await call('GET', '/callbacks');
    expect(status).toBe(200);
    expect(body).toMatchObject({ waiting: 3, delivered: 1 });
    for (const item of body.items) expect(view.Check(item)).toBe(true);
    const queuedAt = now.toISOString();
    expect(body.items).toMatchObject([
      { operator: 'two', state: 'waiting', attempts: 0, nextAttemptAt: queuedAt, deliveredAt: null },
      {
        operator: 'one',
        state: 'waiting',
        attempts: 0,
        nextAttemptAt: null,
        body: { notificationPointId: 3 },
      },
      {
        ...{ state: 'waiting', attempts: 1, lastError: 'HTTP status 500' },
        nextAttemptAt: new Date(now.getTime() + 5000).toISOString(),
      },
      { state: 'delivered', attempts: 1, iccid, lastError: null, queuedAt, deliveredAt: now.toISOString() },
    ]);
  });

  test.each([
    ['state=waiting', [4, 3, 2]],
    ['state=delivered', [1]],
    ['operator=two', [4]],
    ['operator=one&state=waiting&limit=1', [3]],
    [`iccid=${iccid}F`, [4, 3, 2, 1]],
    ['iccid=8900101000000000027', []],
  ])('?%s shows %j', async (query, expected) => {
    const { call } = await apiWithCalls();
    expect(points((await call('GET', `/callbacks?${query}`)).body)).toEqual(expected);
  });

  test.each(['state=lost', 'limit=0', 'colour=blue'])('?%s is refused', async (query) => {
    const { call } = await testApi();
    const { status, body } = await call('GET', `/callbacks?${query}`);
    expect(status).toBe(400);
    expect(body.errors[0]?.field).toBe(query.split('=')[0]);
  });
});

describe('POST /callbacks/retry', () => {
  test('makes due what would be tried later', async () => {
    const { call, store } = await apiWithCalls();
    expect(await call('POST', '/callbacks/retry')).toMatchObject({ status: 200, body: { due: 1 } });
    expect(await store.leaseCallbacks('one', 30, 40, 10)).toMatchObject([{ lastError: 'HTTP status 500' }]);
  });

  test('is for one operator where it is named', async () => {
    const { call } = await apiWithCalls();
    expect((await call('POST', '/callbacks/retry', { operator: 'two' })).body).toEqual({ due: 0 });
    expect((await call('POST', '/callbacks/retry', { operator: 'one' })).body).toEqual({ due: 1 });
  });
});
