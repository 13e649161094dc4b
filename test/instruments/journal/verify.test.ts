import { describe, expect, it } from 'vitest';
import { outcomeOf, smdpAddress, startWatchedServer } from './support.js';

const server = await startWatchedServer();

const verify = (body: object) => server.call('POST', '/verify', body);

describe('one refused authenticateClient', async () => {
  const device = server.device();
  await outcomeOf(device.download({ smdpAddress, matchingId: 'UNKNOWN-MATCHING-ID' }));
  const expected = { function: 'authenticateClient', eid: device.eid, status: '8.2.6/3.8' };

  it.each([{ exactly: 1 }, { atLeast: 1 }, { atMost: 1 }, { atLeast: 0, atMost: 5 }, undefined])(
    'is as expected with the count %o',
    async (count) => {
      const { status, body } = await verify({ expect: expected, ...(count && { count }) });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        ok: true,
        count: 1,
        exchanges: [{ eid: device.eid, result: '8.2.6/3.8' }],
      });
    },
  );

  it.each([
    [{ exactly: 0 }, 'exactly 0 expected, 1 found'],
    [{ exactly: 2 }, 'exactly 2 expected, 1 found'],
    [{ atLeast: 2 }, 'at least 2 expected, 1 found'],
    [{ atMost: 0 }, 'exactly 0 expected, 1 found'],
  ])('is not as expected with the count %o', async (count, detail) => {
    const { status, body } = await verify({ expect: expected, count });
    expect(status).toBe(417);
    expect(body).toMatchObject({ ok: false, count: 1 });
    expect(body['detail']).toContain(detail);
  });

  it('is the near miss of an expectation with another result, and says what differs', async () => {
    const { status, body } = await verify({ expect: { ...expected, status: '8.1.1/3.8' } });
    expect(status).toBe(417);
    expect((body['nearMisses'] as object[])[0]).toMatchObject({
      exchange: { function: 'authenticateClient' },
      differs: [{ member: 'status', expected: '8.1.1/3.8', actual: '8.2.6/3.8' }],
    });
    expect(body['detail']).toMatch(/status is 8\.2\.6\/3\.8 instead of 8\.1\.1\/3\.8$/);
  });

  it.each(['status', 'result'])('is found by its %s as the device prints it', async (member) => {
    const { eid, function: name } = expected;
    const printed = { eid, function: name, [member]: '8.2.6 / 3.8' };
    expect((await verify({ expect: printed, count: { exactly: 1 } })).body).toMatchObject({ ok: true });
    const query = `eid=${eid}&${member}=8.2.6+/+3.8`;
    expect(await server.exchanges(query)).toMatchObject([{ result: '8.2.6/3.8' }]);
  });

  it('does not count after a mark that was set later', async () => {
    const { last } = await server.get<{ last: number }>('/exchanges');
    const { body } = await verify({ expect: expected, since: String(last) });
    expect(body).toMatchObject({ count: 0, nearMisses: [] });
    expect((await verify({ expect: expected, since: last })).body).toEqual(body);
  });

  it('names its result as it was asked for', async () => {
    const { function: name, eid } = expected;
    const { body } = await verify({ expect: { function: name, eid, result: '8.1.1/3.8' } });
    expect((body['nearMisses'] as object[])[0]).toMatchObject({ differs: [{ member: 'result' }] });
  });
});

describe('with a timeout', () => {
  it('answers as soon as the exchange has taken place', async () => {
    const device = server.device();
    const answer = verify({
      expect: { function: 'handleNotification', eid: device.eid },
      timeout: 60,
    });
    const { matchingId } = await server.prepare();
    await device.download({ smdpAddress, matchingId });
    expect(await answer).toMatchObject({ status: 200, body: { ok: true, count: 1 } });
  });

  it('answers at once that there are too many, which waiting does not mend', async () => {
    const device = server.device();
    await outcomeOf(device.download({ smdpAddress, matchingId: 'NO-SUCH-CODE' }));
    const { status } = await verify({ expect: { eid: device.eid }, count: { exactly: 1 }, timeout: 300 });
    expect(status).toBe(417);
  });

  it('gives up when the time is over', async () => {
    const { status, body } = await verify({ expect: { eid: '0'.repeat(32) }, timeout: 0.05 });
    expect(status).toBe(417);
    expect(body).toMatchObject({ ok: false, count: 0 });
  });
});

describe('with a time during which it has to hold', () => {
  const nothing = (eid: string) => ({ expect: { eid }, count: { exactly: 0 } });

  it('answers that nothing came when the time is over', async () => {
    expect(await verify({ ...nothing(server.device().eid), during: 0.05 })).toMatchObject({ status: 200 });
  });

  it('answers earlier only if the expectation no longer holds', async () => {
    const device = server.device();
    const answer = verify({ ...nothing(device.eid), during: 300 });
    await outcomeOf(device.download({ smdpAddress, matchingId: 'NO-SUCH-CODE' }));
    expect(await answer).toMatchObject({ status: 417 });
  });

  it('begins when it holds, which may be waited for', async () => {
    const device = server.device();
    const expected = { expect: { eid: device.eid, function: 'authenticateClient' }, count: { exactly: 1 } };
    const answer = verify({ ...expected, timeout: 300, during: 0.1 });
    await outcomeOf(device.download({ smdpAddress, matchingId: 'NO-SUCH-CODE' }));
    expect(await answer).toMatchObject({ status: 200, body: { count: 1 } });
  });
});

it.each([
  [{ expect: {}, since: 1.5 }, 'since'],
  [{ expect: {}, since: -1 }, 'since'],
  [{ expect: {}, since: 'yesterday' }, 'since'],
  [{ expect: {}, since: true }, 'since'],
  [{ expect: {}, during: 301 }, 'during'],
  [{ expect: {}, count: { exactly: 1, atMost: 2 } }, 'count'],
  [{ expect: {}, count: { atLeast: 3, atMost: 2 } }, 'count'],
  [{ expect: { functio: 'x' } }, 'expect.functio'],
  [{}, 'expect'],
  [{ expect: {}, timeout: 1000 }, 'timeout'],
])('refuses %o', async (body, field) => {
  const { status, body: problem } = await verify(body);
  expect(status).toBe(400);
  expect((problem['errors'] as { field: string }[]).map((error) => error.field)).toEqual([field]);
});

it('says that there is nothing to verify where the journal is off', async () => {
  const silent = await startWatchedServer({ journal: '0' });
  const { status, body } = await silent.call('POST', '/verify', { expect: {} });
  expect(status).toBe(409);
  expect(body['detail']).toMatch(/SMDP_JOURNAL/);
  expect(await silent.exchanges()).toEqual([]);
});
