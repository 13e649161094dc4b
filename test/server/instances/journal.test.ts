import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../../src/server/index.js';
import { withoutPostgres } from '../../support/postgres/index.js';
import { call, initiate, startInstances } from './support.js';

interface List {
  readonly items: readonly { readonly id: number; readonly function: string }[];
  readonly total: number;
  readonly last: number;
}

const exchanges = async (server: RunningServer, query = ''): Promise<List> =>
  (await call(server, 'GET', `/exchanges${query}`)) as unknown as List;

/** Reads server-sent events until `count` have come. */
async function eventsFrom(server: RunningServer, count: number, query = ''): Promise<readonly string[]> {
  const stopping = new AbortController();
  const answer = await fetch(`${server.operatorUrl}/api/v1/events${query}`, { signal: stopping.signal });
  let text = '';
  const decoder = new TextDecoder();
  for await (const octets of answer.body! as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(octets, { stream: true });
    if ((text.match(/^data:/gm) ?? []).length >= count) break;
  }
  stopping.abort();
  return text.match(/^id: ?\d+/gm) ?? [];
}

let servers: readonly RunningServer[];
let one: RunningServer;
let other: RunningServer;

beforeAll(async () => {
  if (withoutPostgres !== undefined) return;
  servers = await startInstances(3);
  [one, other] = servers as [RunningServer, RunningServer];
}, 240_000);

describe.skipIf(withoutPostgres !== undefined)(withoutPostgres ?? 'the journal of several instances', () => {
  beforeEach(() => call(one, 'POST', '/reset', {}));

  it('shows the requests of all of them, in one order', async () => {
    for (let round = 0; round < 4; round++) for (const server of servers) await initiate(server);
    const lists = await Promise.all(servers.map((server) => exchanges(server)));
    const ids = lists.map(({ items }) => items.map(({ id }) => id));
    expect(ids[0]).toHaveLength(12);
    expect(ids[0]).toEqual([...ids[0]!].sort((first, second) => first - second));
    expect(ids[1]).toEqual(ids[0]);
    expect(ids[2]).toEqual(ids[0]);
    expect(await call(servers[1]!, 'GET', `/exchanges/${ids[0]![2]}`)).toMatchObject({
      function: 'initiateAuthentication',
      request: { body: expect.stringContaining('elsewhere') as string },
    });
  });

  it('misses no request that was answered before it is asked, under load', async () => {
    for (let round = 1; round <= 5; round++) {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => initiate(servers[(index + round) % servers.length]!)),
      );
      expect((await exchanges(servers[round % servers.length]!)).total).toBe(round * 20);
    }
  });

  it('is verified over all of them, with a mark from any of them', async () => {
    await initiate(one);
    const { last } = await exchanges(other);
    await initiate(one);
    await initiate(other);
    const expectation = {
      expect: { function: 'initiateAuthentication' },
      since: last,
      count: { exactly: 2 },
    };
    expect(await call(one, 'POST', '/verify', expectation)).toMatchObject({ ok: true, count: 2 });
    expect(await call(other, 'POST', '/verify', expectation)).toMatchObject({ ok: true, count: 2 });
  });

  it('wakes those who wait at another instance', async () => {
    const verifying = call(one, 'POST', '/verify', {
      expect: { function: 'initiateAuthentication' },
      timeout: 60,
    });
    await initiate(other);
    expect(await verifying).toMatchObject({ ok: true });
  });

  it('sends live events of all of them, and each once', async () => {
    const { last } = await exchanges(other);
    const following = eventsFrom(one, 6, `?since=${last}`);
    for (let round = 0; round < 3; round++) for (const server of [one, other]) await initiate(server);
    expect(await following).toEqual((await exchanges(other)).items.map(({ id }) => `id: ${id}`));
  });

  it('is emptied at all of them', async () => {
    await initiate(one);
    await initiate(other);
    expect(await exchanges(other)).toMatchObject({ total: 2 });
    expect(await call(one, 'DELETE', '/exchanges')).toMatchObject({ removed: 2 });
    expect(await exchanges(other)).toMatchObject({ total: 0 });
    await initiate(one);
    expect(await exchanges(other)).toMatchObject({ total: 1 });
    expect(await call(other, 'POST', '/reset', {})).toMatchObject({ statusCode: 204 });
    expect(await exchanges(one)).toMatchObject({ total: 0 });
  });

  it('says what it has lost', async () => {
    const [small, smaller] = await startInstances(2, { journal: '5' });
    for (let round = 0; round < 8; round++) await initiate(small!);
    expect(await exchanges(smaller!, '?since=0')).toMatchObject({ total: 5, forgotten: { id: 3 } });
  });

  it('counts refusals of all of them', async () => {
    const refusals = async (): Promise<number> => {
      const found = (await call(one, 'GET', '/statistics')) as { refusals: readonly { count: number }[] };
      return found.refusals.reduce((sum, { count }) => sum + count, 0);
    };
    const before = await refusals();
    await initiate(one);
    await initiate(other);
    expect((await refusals()) - before).toBe(2);
  });
});
