import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { startForTest } from './support.js';

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly version?: '1.0' | '1.1';
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request octet by octet as given: fetch would set `Host` and the version of HTTP itself. */
async function send(operatorUrl: string, { path = '/api/v1/profiles', method, version, headers }: Sent) {
  const { hostname, port, host } = new URL(operatorUrl);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ Host: host, Connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(`${method ?? 'GET'} ${path} HTTP/${version ?? '1.1'}\r\n${lines.join('\r\n')}\r\n\r\n`);
  const answer = await text(socket);
  return { status: Number(answer.split(' ', 2)[1]), body: answer.slice(answer.indexOf('\r\n\r\n') + 4) };
}

const traces: Sent[] = [
  { headers: { 'X-Forwarded-For': '203.0.113.7' } },
  { headers: { 'X-Forwarded-Host': 'smdp.example.com' } },
  { headers: { 'X-Forwarded-Proto': 'https' } },
  { headers: { 'X-Forwarded-Server': 'smdp.example.com' } },
  { headers: { 'X-Real-IP': '203.0.113.7' } },
  { headers: { Forwarded: 'for=203.0.113.7' } },
  { headers: { Via: '1.1 proxy' } },
  { version: '1.0' },
];

describe('the operator-facing listener on loopback, without a token', async () => {
  const { operatorUrl } = await startForTest();
  const { port } = new URL(operatorUrl);

  it.each(traces)('refuses what a proxy sends, though its Host is loopback: %j', async (sent) => {
    const { status, body } = await send(operatorUrl, sent);
    expect(status).toBe(403);
    expect(body).toMatch(/a proxy sent this request \(.+\).+SMDP_ADMIN_TOKEN/);
  });

  it.each(['/healthz', '/readyz', '/openapi.json'])('answers a proxy that asks for %s', async (path) => {
    for (const sent of traces) expect((await send(operatorUrl, { ...sent, path })).status).toBe(200);
  });

  it.each(['smdp.example.com', 'smdp.example.com:80', '192.0.2.1', 'localhost.example.com', ''])(
    'refuses a Host that is not loopback: %j',
    async (host) => {
      const { status, body } = await send(operatorUrl, { headers: { Host: host } });
      expect(status).toBe(403);
      expect(body).toContain('use localhost, or set SMDP_ADMIN_TOKEN');
    },
  );

  it.each([`localhost:${port}`, `LOCALHOST:${port}`, '127.0.0.1', '127.1.2.3', `[::1]:${port}`])(
    'serves %s',
    async (host) => {
      expect((await send(operatorUrl, { headers: { Host: host } })).status).toBe(200);
    },
  );

  it.each([
    ['another site', { Origin: 'https://evil.example' }],
    ['another port', { Origin: 'http://localhost:1' }],
    ['a sandboxed page', { Origin: 'null' }],
    ['another site, in a request without Origin', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sub-domain, in a request without Origin', { 'Sec-Fetch-Site': 'same-site' }],
    [
      'another site that embeds a frame',
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' },
    ],
  ])('refuses the page of %s', async (_, headers) => {
    expect((await send(operatorUrl, { headers })).status).toBe(403);
    expect((await send(operatorUrl, { headers, method: 'DELETE' })).status).toBe(403);
  });

  it('lets a person follow a link, but lets no form of another site be sent', async () => {
    const headers = {
      ...{ 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
    };
    expect((await send(operatorUrl, { headers, path: '/docs' })).status).toBe(200);
    expect((await send(operatorUrl, { headers, method: 'POST' })).status).toBe(403);
  });
});

describe('the operator-facing listener on loopback, with a token', async () => {
  const { operatorUrl } = await startForTest({ adminToken: 'a-token-of-some-length' });
  const bearer = { Authorization: 'Bearer a-token-of-some-length' };

  it.each([...traces, { headers: { Host: 'smdp.example.com' } }])(
    'serves a proxy that passes the token on, and no other: %j',
    async ({ headers, ...sent }) => {
      expect((await send(operatorUrl, { ...sent, headers: { ...headers, ...bearer } })).status).toBe(200);
      expect((await send(operatorUrl, { ...sent, headers: { ...headers } })).status).toBe(401);
    },
  );

  it('serves its own pages behind a proxy that ends TLS, and no page of another site', async () => {
    const own = { Host: 'smdp.example.com', Origin: 'https://smdp.example.com', ...bearer };
    expect((await send(operatorUrl, { headers: own })).status).toBe(200);
    const other = { ...own, Origin: 'https://evil.example' };
    expect((await send(operatorUrl, { headers: other })).status).toBe(403);
    const embedded = { Host: 'smdp.example.com', 'Sec-Fetch-Site': 'same-site', ...bearer };
    expect((await send(operatorUrl, { headers: embedded })).status).toBe(403);
  });
});
