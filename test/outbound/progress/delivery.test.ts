import { describe, expect, it } from 'vitest';
import { temporaryFiles } from '../../store/temporary-folder.js';
import {
  makeProfile,
  newStore,
  operator,
  outcomes,
  queue,
  register,
  TestCourier,
} from './support/courier.js';
import {
  answer,
  failedInBand,
  malformed,
  messageIn,
  received,
  reset,
  silent,
  startEndpoint,
  type Behaviour,
} from './support/endpoint.js';

const newFile = temporaryFiles();

/** An operator with an endpoint, and a courier that knows of it. */
async function setUp(options: ConstructorParameters<typeof TestCourier>[1] = {}) {
  const [store, endpoint] = [await newStore(), await startEndpoint()];
  await register(store, { callbackUrl: endpoint.url });
  return { store, endpoint, courier: new TestCourier(store, options) };
}

describe('the calls about one profile', () => {
  it('are made in the order in which they were queued', async () => {
    const { store, endpoint, courier } = await setUp();
    const profile = await makeProfile(store);
    await queue(store, profile, [1, 3, 4]);
    await courier.deliver();
    expect(endpoint.points).toEqual([1, 3, 4].map((point) => `${profile.iccid}: ${point}`));
    expect(await outcomes(store)).toEqual(Array(3).fill('delivered, after 1'));
  });

  it('are requests of ES2+, and the same at every attempt', async () => {
    const { store, endpoint, courier } = await setUp();
    await queue(store, await makeProfile(store), [1]);
    endpoint.behaviour = answer(500);
    await courier.deliver();
    endpoint.behaviour = received;
    await courier.deliverAfter(1);
    const [first, second] = endpoint.calls;
    expect(first!.path).toBe('/gsma/rsp2/es2plus/handleDownloadProgressInfo');
    expect(first!.headers).toMatchObject({
      'content-type': 'application/json',
      'x-admin-protocol': 'gsma/rsp/v2.5.0',
    });
    expect(second).toEqual(first);
    expect(endpoint.calls).toHaveLength(2);
  });

  it('wait for each other while the operator is down, and none is lost', async () => {
    const { store, endpoint, courier } = await setUp();
    const profile = await makeProfile(store);
    await endpoint.down();
    await queue(store, profile, [1, 3]);
    await courier.deliver();
    for (let second = 1; second <= 60; second++) await courier.deliverAfter(1);
    await queue(store, profile, [4]);
    expect(await outcomes(store)).toEqual([
      expect.stringMatching(/^waiting, after 6, connect ECONNREFUSED/) as string,
      ...['waiting, after 0', 'waiting, after 0'],
    ]);
    await endpoint.up();
    await courier.deliverAfter(60);
    expect(endpoint.points).toEqual([1, 3, 4].map((point) => `${profile.iccid}: ${point}`));
    expect(courier.log.lines).toEqual([
      'warn: the operator cannot be notified of downloads; the server keeps trying',
      'info: the operator can be notified of downloads again',
    ]);
  });
});

describe('an operator', () => {
  it.each<[string, Behaviour, string]>([
    ['answers with status 500', answer(500), 'HTTP status 500'],
    ['answers with status 404', answer(404), 'HTTP status 404'],
    ['sends it elsewhere', answer(302, '', { Location: 'http://localhost/' }), 'HTTP status 302'],
    ['answers that it Failed', failedInBand, 'the operator answers Failed 8.2.1/3.9'],
    ['resets the connection', reset, 'socket hang up'],
    ['answers with something that is not HTTP', malformed, 'Parse Error'],
    ['does not answer', silent, 'no answer within'],
  ])('that %s is called again', async (_, behaviour, problem) => {
    const { store, endpoint, courier } = await setUp({ answerTimeout: 100 });
    endpoint.behaviour = behaviour;
    await queue(store, await makeProfile(store), [1, 3]);
    await courier.deliver();
    expect((await outcomes(store))[0]).toContain(`waiting, after 1, ${problem}`);
    endpoint.behaviour = received;
    await courier.deliverAfter(1);
    expect(endpoint.calls.map((call) => messageIn(call).notificationPointId)).toEqual([1, 1, 3]);
  });

  it.each<[string, Behaviour]>([
    ['an empty 200', answer(200)],
    ['a header', answer(200, '{"header":{"functionExecutionStatus":{"status":"Executed-Success"}}}')],
    ['a text', answer(202, 'OK')],
    ['more than anybody wants to read', answer(200, 'x'.repeat(1_000_000))],
  ])('that answers with %s has received the call', async (_, behaviour) => {
    const { store, endpoint, courier } = await setUp();
    endpoint.behaviour = behaviour;
    await queue(store, await makeProfile(store), [1]);
    await courier.deliver();
    expect(await outcomes(store)).toEqual(['delivered, after 1']);
  });

  it('that goes on answering Failed has had its last word after ten times', async () => {
    const { store, endpoint, courier } = await setUp();
    endpoint.behaviour = failedInBand;
    await queue(store, await makeProfile(store), [1, 3]);
    await courier.deliver();
    for (let attempt = 2; attempt <= 10; attempt++) {
      expect((await outcomes(store))[0]).toMatch(/^waiting/);
      await courier.deliverAfter(60);
    }
    expect(await outcomes(store)).toEqual([
      'delivered, after 10, the operator answers Failed 8.2.1/3.9',
      'waiting, after 1, the operator answers Failed 8.2.1/3.9',
    ]);
    expect(courier.log.lines).toEqual([]);
  });

  it('is called less and less often, but every minute', async () => {
    const { store, endpoint, courier } = await setUp();
    endpoint.behaviour = answer(503);
    await queue(store, await makeProfile(store), [1]);
    const attemptsAt: number[] = [];
    for (let second = 0; second <= 200; second++) {
      const before = endpoint.calls.length;
      await courier.deliverAfter(second === 0 ? 0 : 1);
      if (endpoint.calls.length > before) attemptsAt.push(second);
    }
    expect(attemptsAt).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
  });

  it('that does not answer keeps no other operator waiting, nor another profile of its own', async () => {
    const { store, endpoint, courier } = await setUp();
    const other = await startEndpoint();
    await register(store, { identifier: 'other', callbackUrl: other.url });
    const [stuck, free] = [await makeProfile(store), await makeProfile(store)];
    endpoint.behaviour = (response, call) =>
      messageIn(call).iccid === stuck.iccid ? undefined : received(response, call);
    await queue(store, stuck, [1, 3]);
    await queue(store, free, [1, 3]);
    await queue(store, stuck, [4], 'other');
    courier.courier.wake();
    await expect.poll(() => endpoint.points).toHaveLength(3);
    await expect.poll(() => other.points).toEqual([`${stuck.iccid}: 4`]);
    expect(endpoint.points.filter((point) => point.startsWith(stuck.iccid))).toEqual([`${stuck.iccid}: 1`]);
    expect(endpoint.points.filter((point) => point.startsWith(free.iccid))).toHaveLength(2);
  });

  it('is called about what is queued while another call to it is under way', async () => {
    const { store, endpoint, courier } = await setUp();
    endpoint.behaviour = silent;
    await queue(store, await makeProfile(store), [1]);
    courier.courier.wake();
    await expect.poll(() => endpoint.calls).toHaveLength(1);
    await queue(store, await makeProfile(store), [1]);
    courier.courier.wake();
    await expect.poll(() => endpoint.calls).toHaveLength(2);
  });

  it('is called where it is registered to be called now', async () => {
    const { store, endpoint, courier } = await setUp();
    endpoint.behaviour = answer(404);
    await queue(store, await makeProfile(store), [1]);
    await courier.deliver();
    const right = await startEndpoint();
    await register(store, { callbackUrl: right.url });
    await courier.deliverAfter(1);
    expect(right.calls).toHaveLength(1);
    expect(endpoint.calls).toHaveLength(1);
  });

  it('that does not want to be called any more is called again once it does', async () => {
    const { store, endpoint, courier } = await setUp();
    await queue(store, await makeProfile(store), [1]);
    await register(store, { callbackUrl: null });
    await courier.deliver();
    expect(await outcomes(store)).toEqual(['waiting, after 0']);
    await register(store, { callbackUrl: endpoint.url });
    await courier.deliver();
    expect(endpoint.calls).toHaveLength(1);
  });

  it.each(['', '/', '/gsma/rsp2/es2plus', '/gsma/rsp2/es2plus/'])(
    'may have named its base URL with %j at the end',
    async (end) => {
      const { store, endpoint, courier } = await setUp();
      await register(store, { callbackUrl: `${endpoint.url}${end}` });
      await queue(store, await makeProfile(store), [1]);
      await courier.deliver();
      expect(endpoint.calls[0]!.path).toBe('/gsma/rsp2/es2plus/handleDownloadProgressInfo');
    },
  );

  it('may have its functions under a path of its own', async () => {
    const { store, endpoint, courier } = await setUp();
    await register(store, { callbackUrl: `${endpoint.url}/bss/v1/` });
    await queue(store, await makeProfile(store), [1]);
    await courier.deliver();
    expect(endpoint.calls[0]!.path).toBe('/bss/v1/gsma/rsp2/es2plus/handleDownloadProgressInfo');
  });
});

describe('a server that stops', () => {
  it('breaks off what takes long, and the next one goes on where it was', async () => {
    const database = newFile();
    const [before, endpoint] = [await newStore(database), await startEndpoint()];
    await register(before, { callbackUrl: endpoint.url });
    const profile = await makeProfile(before);
    endpoint.behaviour = silent;
    await queue(before, profile, [1, 3]);
    const first = new TestCourier(before);
    first.courier.wake();
    await expect.poll(() => endpoint.calls).toHaveLength(1);
    await first.courier.close(0);
    expect(await outcomes(before)).toEqual(['waiting, after 0', 'waiting, after 0']);

    endpoint.behaviour = received;
    await new TestCourier(await newStore(database)).deliver();
    expect(endpoint.points).toEqual([1, 1, 3].map((point) => `${profile.iccid}: ${point}`));
  });

  it('keeps what was answered while it waited', async () => {
    const { store, endpoint, courier } = await setUp();
    let respond: () => void = () => undefined;
    endpoint.behaviour = (response) => void (respond = () => response.writeHead(204).end());
    await queue(store, await makeProfile(store), [1, 3]);
    courier.courier.wake();
    await expect.poll(() => endpoint.calls).toHaveLength(1);
    const closed = courier.courier.close(60_000);
    respond();
    await closed;
    expect(await outcomes(store)).toEqual(['delivered, after 1', 'waiting, after 0']);
  });

  it('begins nothing more', async () => {
    const { store, endpoint, courier } = await setUp();
    await courier.courier.close();
    await queue(store, await makeProfile(store), [1]);
    await courier.deliver();
    expect(endpoint.calls).toEqual([]);
  });
});

describe('two processes on one database', () => {
  it('make each call once', async () => {
    const { store, endpoint, courier } = await setUp();
    const other = new TestCourier(store);
    const profiles = await Promise.all(Array.from({ length: 20 }, () => makeProfile(store)));
    for (const profile of profiles) await queue(store, profile, [1, 3, 4]);
    await Promise.all([courier.deliver(), other.deliver()]);
    await Promise.all([courier.deliver(), other.deliver()]);
    expect([...endpoint.points].sort()).toEqual(
      profiles.flatMap(({ iccid }) => [1, 3, 4].map((point) => `${iccid}: ${point}`)).sort(),
    );
  });

  it('take over what the other has left behind, but not before it is certain', async () => {
    const { store, endpoint, courier } = await setUp();
    await queue(store, await makeProfile(store), [1]);
    await store.leaseCallbacks(operator, courier.now, courier.now + 30_000, 1);
    await courier.deliverAfter(29);
    expect(endpoint.calls).toEqual([]);
    await courier.deliverAfter(1);
    expect(endpoint.calls).toHaveLength(1);
  });
});
