import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createVirtualDevice, type VirtualDevice } from '../../../src/device/index.js';
import { EidLimit, limits, networkOf } from '../../../src/server/public/index.js';
import { removeOldProfiles } from '../../../src/server/public/expiry.js';
import { Exchange } from '../../../src/instruments/exchanges/index.js';
import { eidWithCheckDigits } from '../../../src/wire/rsp/index.js';
import { startForTest } from '../../server/support.js';
import { testPkiFolder } from '../../support/pki-folder.js';
import { whenDone } from '../../support/when-done.js';

const certs = await testPkiFolder();
/** Each server has limits of its own. With a trusted proxy, a test chooses the address of its visitor. */
const start = (flags: Parameters<typeof startForTest>[0] = {}) =>
  startForTest({ certs, public: 'on', publicProxies: '127.0.0.1', ...flags });
const server = await start();

let serial = 0;
const newEid = (): string => eidWithCheckDigits(`8904903200000000000001${String(serial++).padStart(8, '0')}`);
let visitors = 0;
const newVisitor = (): string => `203.0.113.${++visitors}`;

const post = (url: string, body: unknown, from: string, type = 'application/json') =>
  fetch(`${url}/codes`, {
    method: 'POST',
    headers: { 'Content-Type': type, 'X-Forwarded-For': from },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const codeFor = async (eid: string, from = newVisitor()) => {
  const response = await post(server.operatorUrl, { eid }, from);
  expect(response.status).toBe(201);
  return (await response.json()) as { matchingId: string; activationCode: string };
};

function device(eid?: string): VirtualDevice {
  const made = createVirtualDevice({
    material: certs,
    ...(eid !== undefined && { eid }),
    server: { tls: false, connect: new URL(server.deviceUrl).host },
  });
  whenDone(() => made.close());
  return made;
}

describe('a public server', () => {
  it('gives a visitor a code with which the device downloads', async () => {
    const by = device();
    const { matchingId, activationCode } = await codeFor(by.eid);
    expect(activationCode).toBe(`LPA:1$localhost$${matchingId}`);
    expect(await by.download({ smdpAddress: 'localhost', matchingId })).toMatchObject({
      outcome: 'installed',
    });
  });

  it('gives it on a page that needs no script, and says what the server is', async () => {
    const page = await fetch(server.operatorUrl);
    expect(await page.text()).toMatch(/removed after 24 hours/);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const form = await post(
      server.operatorUrl,
      `eid=${newEid()}&confirmationCode=12%3Cb%3E`,
      newVisitor(),
      'application/x-www-form-urlencoded',
    );
    expect(form.status).toBe(201);
    const html = await form.text();
    expect(html).toMatch(/MatchingID<\/dt><dd><code>[0-9A-Z-]+</);
    expect(html).toContain('data:image/svg+xml');
    const wrong = await post(
      server.operatorUrl,
      'eid=%3Cscript%3E',
      newVisitor(),
      'application/x-www-form-urlencoded',
    );
    expect(wrong.status).toBe(400);
    expect(wrong.headers.get('content-type')).toContain('text/html');
    const page400 = await wrong.text();
    expect(page400).toContain('role="alert">eid: an EID has 32 digits<');
    expect(page400).toContain('value="&lt;script&gt;"');
  });

  it('shows nothing else: no control API, no console, no data of others', async () => {
    await codeFor(newEid());
    for (const path of [
      ...[
        '/api/v1/profiles',
        '/api/v1/exchanges',
        '/api/v1/faults',
        '/api/v1/pki/ci.pem',
        '/openapi.json',
        '/docs',
      ],
      ...[
        '/metrics',
        '/readyz',
        '/profiles',
        '/sessions',
        '/assets/x.js',
        '/codes',
        '/gsma/rsp2/es2plus/downloadOrder',
      ],
      ...['/../api/v1/profiles', '/%2e%2e/api/v1/profiles', '//api/v1/profiles'],
    ])
      for (const method of ['GET', 'POST', 'DELETE', 'PUT']) {
        if (path === '/codes' && method === 'POST') continue;
        const response = await fetch(`${server.operatorUrl}${path}`, {
          method,
          headers: { 'X-Forwarded-For': newVisitor() },
        });
        expect([404, 405], `${method} ${path}`).toContain(response.status);
      }
    expect(server.controlUrl).toBeUndefined();
  });

  it('serves the control API on the loopback interface, if it has a port for that', async () => {
    const { controlUrl, operatorUrl } = await start({ controlPort: '0' });
    expect(controlUrl).toMatch(/^http:\/\/localhost:/);
    expect((await fetch(`${controlUrl}/api/v1/profiles`)).status).toBe(200);
    expect((await fetch(`${operatorUrl}/api/v1/profiles`)).status).toBe(404);
  });

  it.each([
    ['{"eid": "12"}', 'application/json', 400],
    ['{', 'application/json', 400],
    ['[]', 'application/json', 400],
    [`{"eid": "${'1'.repeat(5000)}"}`, 'application/json', 413],
    ['x', 'text/plain', 415],
  ])('answers %s with a clear status', async (body, type, status) => {
    const response = await post(server.operatorUrl, body, newVisitor(), type);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('refuses forms of other sites', async () => {
    const response = await fetch(`${server.operatorUrl}/codes`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Origin: 'https://evil.example',
        'X-Forwarded-For': newVisitor(),
      },
      body: JSON.stringify({ eid: newEid() }),
    });
    expect(response.status).toBe(403);
  });
});

describe('someone who floods a public server', () => {
  it('gets 429, and others are still served', async () => {
    const flooder = newVisitor();
    const statuses = await Promise.all(
      Array.from(
        { length: 40 },
        async () => (await post(server.operatorUrl, { eid: newEid() }, flooder)).status,
      ),
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(limits.codeRequests);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    const pages = await Promise.all(
      Array.from(
        { length: 100 },
        async () => (await fetch(server.operatorUrl, { headers: { 'X-Forwarded-For': flooder } })).status,
      ),
    );
    expect(pages).toContain(429);
    await codeFor(newEid());
  });

  it('gets 429 from the device-facing listener too', async () => {
    const { deviceUrl } = await start();
    const ask = async (from: string): Promise<Response> =>
      fetch(`${deviceUrl}/gsma/rsp2/es9plus/initiateAuthentication`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': from },
        body: '{}',
      });
    const statuses: number[] = [];
    for (let count = 0; count < limits.deviceRequests + 5; count++) {
      const response = await ask('203.0.113.250');
      await response.arrayBuffer();
      statuses.push(response.status);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    const refused = await ask('203.0.113.250');
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await ask('203.0.113.251')).status).toBe(200);
  });

  it.each([
    ['page', (one: Awaited<ReturnType<typeof start>>) => one.operatorUrl, limits.pageRequests],
    [
      'device-facing listener',
      (one: Awaited<ReturnType<typeof start>>) => one.deviceUrl,
      limits.deviceRequests,
    ],
  ])('gets 429 on unknown paths of the %s too', async (_, urlOf, most) => {
    const url = urlOf(await start());
    const statuses: number[] = [];
    for (let count = 0; count < most + 5; count++) {
      const response = await fetch(`${url}/unknown-${count}`, {
        method: count % 2 === 0 ? 'GET' : 'POST',
        headers: { 'X-Forwarded-For': '203.0.113.252' },
      });
      await response.arrayBuffer();
      statuses.push(response.status);
    }
    expect(statuses.filter((status) => status === 404)).toHaveLength(most);
    expect(statuses.slice(-5)).toEqual([429, 429, 429, 429, 429]);
  });

  it('cannot invent addresses unless a trusted proxy names them', async () => {
    const { operatorUrl } = await startForTest({ certs, public: 'on' });
    const statuses: number[] = [];
    for (let count = 0; count < limits.codeRequests + 2; count++)
      statuses.push((await post(operatorUrl, { eid: newEid() }, newVisitor())).status);
    expect(statuses.slice(-2)).toEqual([429, 429]);
  });

  it('gets no more orders than the quotas allow', async () => {
    const eid = newEid();
    for (let count = 0; count < limits.ordersPerEid; count++) await codeFor(eid);
    const refused = await post(server.operatorUrl, { eid }, newVisitor());
    expect(refused.status).toBe(429);
    expect(((await refused.json()) as { detail: string }).detail).toContain('this EID has 5 open orders');
  });

  it('begins only so many downloads with one EID', async () => {
    let now = 0;
    const limit = new EidLimit(2, () => now);
    const begin = async (eid: string): Promise<void> => {
      const exchange = new Exchange('ES9+', 'authenticateClient', [limit]);
      await exchange.learn({ eid });
      await exchange.learn({ iccid: '89' });
    };
    await begin('1');
    await begin('1');
    await expect(begin('1')).rejects.toMatchObject({ status: '8.8.5/6.4' });
    await begin('2');
    now += 60 * 60 * 1000;
    await begin('1');
  });

  it('sends slowly, and is disconnected', async () => {
    const { port } = new URL(server.operatorUrl);
    const socket = connect(Number(port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined).resume();
    socket.write(
      'POST /codes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await closed;
  }, 30_000);
});

it('removes profiles that are old enough, whatever became of them', async () => {
  const { store } = server;
  await codeFor(newEid());
  const before = Object.values(await store.countProfiles()).reduce((sum, count) => sum + count, 0);
  const day = 24 * 60 * 60 * 1000;
  expect(await removeOldProfiles(store, Date.now(), day)).toBe(0);
  expect(await removeOldProfiles(store, Date.now() + day, day)).toBe(before);
  expect(await removeOldProfiles(store, Date.now() + day, day)).toBe(0);
});

it.each([
  ['203.0.113.5', '203.0.113.5'],
  ['::ffff:203.0.113.5', '203.0.113.5'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('counts %s as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
