import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { baseUrl } from '../../src/base/base-url.js';
import { connectMockSmdp } from '../../src/index.js';
import { cli } from '../cli/support/run.js';
import { startForTest } from './support.js';

const token = 'a-token-of-some-length';

/** A reverse proxy that serves `target` below `/mock/`, and has its own pages elsewhere. */
async function proxyOf(target: string): Promise<string> {
  const proxy = createServer((from, to) => {
    if (!from.url!.startsWith('/mock/')) return void to.writeHead(404).end();
    const headers = { ...from.headers, 'x-forwarded-for': '203.0.113.7' };
    const passedOn = request(
      target + from.url!.slice('/mock'.length),
      { method: from.method!, headers },
      (answer) => {
        to.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(to);
      },
    );
    from.pipe(passedOn);
  }).listen(0, '127.0.0.1');
  afterAll(() => void proxy.close().closeAllConnections());
  await new Promise((resolve) => proxy.once('listening', resolve));
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

describe('the operator-facing listener below a path of a proxy', async () => {
  const { operatorUrl } = await startForTest({ adminToken: token });
  const proxy = await proxyOf(operatorUrl);
  const get = (url: string | URL) => fetch(url, { headers: { Authorization: `Bearer ${token}` } });

  it.each(['/mock/docs', '/mock/docs/'])('shows the pages of the API at %s', async (path) => {
    const page = await get(proxy + path);
    const html = await page.text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => new URL(file!, page.url));
    const parts = files.filter(({ protocol }) => protocol !== 'data:');
    expect(parts.map(({ pathname }) => pathname)).toEqual([
      '/mock/docs/swagger-ui.css',
      '/mock/docs/swagger-ui-bundle.js',
      '/mock/docs/start.js',
    ]);
    for (const part of parts) expect((await get(part)).status).toBe(200);
  });

  it('says in the API document that calls are below the same path', async () => {
    const document = new URL('/mock/openapi.json', proxy);
    const { servers } = (await (await get(document)).json()) as { servers: [{ url: string }] };
    const [{ url }] = servers;
    expect((await get(new URL('api/v1/profiles', new URL(url, document)))).status).toBe(200);
  });

  it('serves a client of the library', async () => {
    const smdp = await connectMockSmdp(`${proxy}/mock/`, { token });
    expect(smdp.operatorUrl).toBe(`${proxy}/mock`);
    const { iccid } = await smdp.profiles.create();
    expect((await smdp.profiles.get(iccid)).state).toBe('Released');
    await smdp.close();
  });

  it('serves the command line: the control API and ES2+', async () => {
    const at = ['--server', `${proxy}/mock`, '--token', token];
    expect(await cli('ready', '--server', `${proxy}/mock`)).toMatchObject({ code: 0 });
    expect(await cli('profile', 'create', ...at)).toMatchObject({ code: 0 });
    expect(await cli('order', 'download', '--profile-type', 'generic', ...at)).toMatchObject({ code: 0 });
    const { code, stderr } = await cli('ready', '--server', proxy);
    expect(code).toBe(1);
    expect(stderr).toContain('is not a mock-smdp');
  });
});

describe('the base URL', () => {
  it.each([
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://localhost:8080/docs', 'http://localhost:8080'],
    ['http://localhost:8080/docs/#/profiles', 'http://localhost:8080'],
    ['http://localhost:8080/api/v1/', 'http://localhost:8080'],
    ['https://lab.example.com/mock//', 'https://lab.example.com/mock'],
    ['https://lab.example.com/a/mock/api?x=1', 'https://lab.example.com/a/mock'],
  ])('of %s is %s', (given, expected) => {
    expect(baseUrl(new URL(given))).toBe(expected);
  });
});
