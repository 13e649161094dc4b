import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import Fastify from 'fastify';
import { describe, expect, it, vi } from 'vitest';
import { endSlowBodies } from '../../src/server/slow-bodies.js';
import { startForTest } from './support.js';

describe('the operator-facing listener', async () => {
  const server = await startForTest();
  const get = (headers: Record<string, string>, path = '/api/v1/profiles') =>
    fetch(`${server.operatorUrl}${path}`, { headers });

  it.each(['cross-site', 'same-site'])(
    'refuses what a page embeds that is %s, without an Origin too',
    async (site) => {
      const answer = await get({ 'Sec-Fetch-Site': site });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({
        detail: expect.stringContaining('Sec-Fetch-Site') as string,
      });
    },
  );

  it.each(['same-origin', 'none'])('serves what is %s', async (site) => {
    expect((await get({ 'Sec-Fetch-Site': site })).status).toBe(200);
  });

  it('sends a device that calls it to the device-facing listener', async () => {
    const path = '/gsma/rsp2/es9plus/initiateAuthentication';
    const answer = await fetch(`${server.operatorUrl}${path}`, { method: 'POST' });
    const advice = 'let devices call the device-facing listener, which has another port (SMDP_PORT)';
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ detail: `there is no POST ${path}; ${advice}` });
    const { body } = await server.control({ method: 'GET', path: '/exchanges?unserved=true' });
    const { items } = JSON.parse(body) as { items: readonly object[] };
    expect(items.at(-1)).toMatchObject({ result: 'HTTP 404', hint: advice });
  });

  it.each(['/api/v1/profiles/%zz', '/api/v1/pools/100%', '/%'])(
    'answers %s, which cannot be decoded, with problem details',
    async (path) => {
      const answer = await get({}, path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        400,
        'application/problem+json; charset=utf-8',
      ]);
      expect(await answer.json()).toMatchObject({
        ...{ status: 400, errors: [] },
        detail: `'${path}' is not a valid url component; a percent sign in a path is written %25`,
      });
      const atDevices = await fetch(server.deviceUrl + path);
      expect([atDevices.status, await atDevices.text()]).toEqual([400, '']);
    },
  );

  it('answers HEAD of a stream of events, and ends it', async () => {
    const answer = await fetch(`${server.operatorUrl}/api/v1/events`, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
  });
});

describe('a body that arrives slowly', () => {
  it('ends the connection, unless the server is what is slow', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const app = Fastify();
    endSlowBodies(app);
    app.post('/', async () => 'ok');
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as { port: number };
    const slow = connect(port, '127.0.0.1');
    const ended = once(slow, 'close');
    slow.write(
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await once(app.server, 'request');
    await wait(10);
    let answer = '';
    slow.on('data', (octets) => (answer += octets.toString()));
    vi.advanceTimersByTime(14_000);
    expect(slow.destroyed).toBe(false);
    vi.advanceTimersByTime(3_000);
    await ended;
    expect(answer).toContain('408');
    vi.useRealTimers();
    await app.close();
  });
});
