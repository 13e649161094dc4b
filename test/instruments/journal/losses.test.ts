import { describe, expect, it } from 'vitest';
import { outcomeOf, smdpAddress, startWatchedServer, type WatchedServer } from './support.js';

/** Two exchanges: a refused download. */
const refused = (server: WatchedServer, matchingId = 'NO-SUCH-CODE') =>
  outcomeOf(server.device().download({ smdpAddress, matchingId }));

/** Eight exchanges, of which four are kept. */
async function fullJournal() {
  const server = await startWatchedServer({ journal: '4' });
  for (let times = 0; times < 4; times++) await refused(server);
  const { last } = await server.get<{ last: number }>('/exchanges');
  const verify = (count: object, rest: object = {}) =>
    server.call('POST', '/verify', { expect: { function: 'authenticateClient' }, count, ...rest });
  return { server, last, verify };
}

describe('a journal that has lost exchanges', async () => {
  const { server, last, verify } = await fullJournal();

  it.each([
    [{ exactly: 2 }],
    [{ exactly: 4 }],
    [{ atMost: 2 }],
    [{ atLeast: 3 }],
    [{ atLeast: 1, atMost: 5 }],
  ])('cannot say whether there were %o of them since before', async (count) => {
    for (const since of [{}, { since: 0 }, { since: last - 5 }, { since: '2001-01-01T00:00:00Z' }]) {
      const { status, body } = await verify(count, since);
      expect(status).toBe(409);
      expect(body['detail']).toMatch(/has dropped exchanges .* cannot tell/);
      expect(body['errors']).toMatchObject([
        { field: 'since', remedy: expect.stringContaining('SMDP_JOURNAL') as string },
      ]);
    }
  });

  it.each([
    [{ atLeast: 2 }, 200],
    [{ exactly: 1 }, 417],
    [{ atMost: 1 }, 417],
  ])('answers %o, which cannot change by what is lost, with %i', async (count, status) => {
    expect((await verify(count, { since: 0 })).status).toBe(status);
  });

  it('answers all that is about what came after the newest that is lost', async () => {
    expect((await verify({ exactly: 2 }, { since: last - 4 })).status).toBe(200);
    expect((await verify({ exactly: 1 }, { since: last - 2 })).status).toBe(200);
    expect((await verify({ atLeast: 3 }, { since: last - 4 })).status).toBe(417);
  });

  it('names the newest lost exchange in lists', async () => {
    const list = (query: string) => server.get<{ forgotten?: object }>(`/exchanges?${query}`);
    for (const query of ['since=0', '', `since=${last - 5}`, 'since=2001-01-01T00:00:00Z'])
      expect((await list(query)).forgotten).toEqual({ id: last - 4, at: expect.any(String) as string });
    for (const query of [`since=${last - 4}`, 'since=2999-01-01T00:00:00Z'])
      expect(await list(query)).not.toHaveProperty('forgotten');
  });

  it('says at once that it cannot say, while it waits', async () => {
    expect((await verify({ exactly: 3 }, { since: 0, timeout: 300 })).status).toBe(409);
    const during = verify({ atMost: 3 }, { since: last, during: 300 });
    for (let times = 0; times < 3; times++) await refused(server);
    expect((await during).status).toBe(409);
  });
});

describe('what is removed on purpose', () => {
  it.each([
    ['POST', '/reset'],
    ['DELETE', '/exchanges'],
  ] as const)('is not lost, nor is what was lost before: %s %s', async (method, path) => {
    const { server, verify } = await fullJournal();
    await server.call(method, path);
    expect((await verify({ exactly: 0 })).status).toBe(200);
    expect(await server.get('/exchanges')).not.toHaveProperty('forgotten');
  });

  it('makes nothing good of what a filter leaves', async () => {
    const { server, verify } = await fullJournal();
    await server.call('DELETE', '/exchanges?function=authenticateClient');
    expect((await verify({ exactly: 0 })).status).toBe(409);
  });

  it('is not lost to the namespace that was emptied, but to others', async () => {
    const { server } = await fullJournal();
    const inNamespace = async (name: string, method: 'GET' | 'POST', path: string, body?: object) =>
      server.control({ method, path, ...(body && { body }), headers: { 'X-Mock-Namespace': name } });
    const none = { expect: { function: 'authenticateClient' }, count: { exactly: 0 } };
    expect((await inNamespace('one', 'POST', '/verify', none)).status).toBe(409);
    await inNamespace('one', 'POST', '/reset', {});
    expect((await inNamespace('one', 'POST', '/verify', none)).status).toBe(200);
    expect((await inNamespace('other', 'POST', '/verify', none)).status).toBe(409);
    for (let times = 0; times < 3; times++) await refused(server, 'ONE--NOPE');
    expect((await inNamespace('one', 'POST', '/verify', none)).status).toBe(417);
    const all = { ...none, count: { exactly: 2 } };
    expect((await inNamespace('one', 'POST', '/verify', all)).status).toBe(409);
    expect(JSON.parse((await inNamespace('one', 'GET', '/exchanges')).body)).toHaveProperty('forgotten');
  });
});
