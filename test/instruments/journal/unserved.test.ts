import { connect as connectTcp } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.js';
import { Exchange } from '../../../src/instruments/exchanges/index.js';
import { Journal } from '../../../src/instruments/journal/index.js';
import { startWatchedServer } from './support.js';

interface Summary {
  readonly id: number;
  readonly interface: string;
  readonly function: string;
  readonly result: string;
  readonly message?: string;
  readonly hint?: string;
  readonly peer?: string;
  readonly serverName?: string;
  readonly path?: string;
}

/** A server with a client for its device-facing listener and a view of its journal. */
async function watched(flags: Record<string, string> = {}) {
  const server = await startWatchedServer({ tls: 'on', ...flags });
  const { hostname: host, port } = new URL(server.deviceUrl);
  const target = { host, port: Number(port) };
  const ended = (socket: ReturnType<typeof connectTcp>): Promise<void> =>
    new Promise((resolve) => {
      socket.on('error', () => undefined).on('close', () => resolve());
      socket.resume();
    });
  return {
    server,
    /** Opens a TLS connection, sends a text, and waits until the connection ends. */
    tls: async (options: ConnectionOptions, text?: string): Promise<void> => {
      const socket = connectTls({ ...target, rejectUnauthorized: false, ...options });
      socket.on('secureConnect', () => (text === undefined ? socket.end() : socket.end(text)));
      await ended(socket);
    },
    tcp: async (text?: string): Promise<void> => {
      const socket = connectTcp(target, () => (text === undefined ? socket.end() : socket.write(text)));
      await ended(socket);
    },
    /** Waits until the journal has the expected number of entries. */
    unserved: async (count: number): Promise<readonly Summary[]> => {
      await server.call('POST', '/verify', {
        expect: { unserved: true },
        count: { atLeast: count },
        timeout: 10,
      });
      return (await server.get<{ items: Summary[] }>('/exchanges?unserved=true')).items;
    },
  };
}

describe('what comes to no request is an exchange of its own', async () => {
  const { server, tls, tcp, unserved } = await watched();
  let before = 0;
  const next = async (): Promise<Summary> => (await unserved(++before)).at(-1)!;
  const isFromHere = { peer: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string };

  it('plain HTTP on the TLS port', async () => {
    await tcp('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await next()).toMatchObject({
      ...{ interface: 'TLS', function: 'handshake', result: 'TLS plain_http', ...isFromHere },
      hint: 'use https://, or start the server with --tls off',
    });
  });

  it('TLS versions that do not meet', async () => {
    await tls({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    expect(await next()).toMatchObject({ result: 'TLS protocol_version', ...isFromHere });
  });

  it('no cipher suite in common', async () => {
    await tls({ maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' });
    expect(await next()).toMatchObject({ result: 'TLS handshake_failure', ...isFromHere });
  });

  it('a client that distrusts the certificate and leaves during the handshake', async () => {
    await tls({ rejectUnauthorized: true, servername: 'smdp.example.com' });
    expect(await next()).toMatchObject({
      ...{ interface: 'TLS', function: 'handshake', serverName: 'smdp.example.com' },
      result: expect.stringMatching(/^TLS (closed|no_request)$/) as string,
      hint: expect.stringContaining('docs/testing.md') as string,
    });
  });

  it('a client that leaves after the handshake', async () => {
    await tls({});
    expect(await next()).toMatchObject({ result: 'TLS no_request', ...isFromHere });
  });

  it('a client that leaves because the certificate is not for the name that it asked for', async () => {
    await tls({ servername: 'smdp.example.com' });
    expect(await next()).toMatchObject({
      result: 'TLS no_request',
      serverName: 'smdp.example.com',
      hint: expect.stringMatching(
        /^the TLS certificate is not for smdp\.example\.com, but for .*DNS:localhost.*SMDP_ADDRESS=smdp\.example\.com/,
      ) as string,
    });
  });

  it('a client that leaves although the certificate is for the name that it asked for', async () => {
    await tls({ servername: 'localhost' });
    const { hint } = await next();
    expect(hint).toMatch(/^clients that distrust the certificate often close the connection like this/);
  });

  it('a client that leaves at once', async () => {
    await tcp();
    expect(await next()).toMatchObject({
      result: 'TLS closed',
      message: expect.stringMatching(/without sending anything$/) as string,
    });
  });

  it('what is not HTTP', async () => {
    await tls({}, 'bla bla\r\n\r\n');
    expect(await next()).toMatchObject({ interface: 'HTTP', function: 'request', result: 'HTTP 400' });
  });

  it('an unknown path, with the one that was probably meant', async () => {
    await tls({}, 'POST /es9plus/authenticateClient HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(await next()).toMatchObject({
      ...{ interface: 'HTTP', function: 'request', result: 'HTTP 404' },
      path: 'POST /es9plus/authenticateClient',
      hint: 'did you mean /gsma/rsp2/es9plus/authenticateClient?',
    });
  });

  it('a function that is called with GET', async () => {
    const path = '/gsma/rsp2/es9plus/cancelSession';
    await tls({}, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(await next()).toMatchObject({ interface: 'ES9+', function: 'cancelSession', result: 'HTTP 405' });
  });

  it('a body that is not declared to be JSON', async () => {
    const call = (type: string) =>
      `POST /gsma/rsp2/es9plus/cancelSession HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${type}Content-Length: 2\r\n\r\n{}`;
    const json = 'send Content-Type: application/json';
    const of = { interface: 'ES9+', function: 'cancelSession', result: 'HTTP 415', hint: json };
    await tls({}, call('Content-Type: text/plain\r\n'));
    expect(await next()).toMatchObject({ ...of, message: 'the Content-Type of the body is text/plain' });
    await tls({}, call(''));
    expect(await next()).toMatchObject({ ...of, message: 'the body has no Content-Type' });
  });

  it('an operator without a certificate, or with one that is not accepted', async () => {
    const call = 'POST /gsma/rsp2/es2plus/downloadOrder HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
    await tls({}, call);
    expect(await next()).toMatchObject({ interface: 'ES2+', function: 'downloadOrder', result: 'HTTP 401' });
    const { cert, key } = server.pki.tls;
    await tls({ cert, key }, call);
    expect(await next()).toMatchObject({
      ...{ interface: 'ES2+', function: 'downloadOrder', result: 'HTTP 403' },
      message: expect.stringContaining('client certificate') as string,
    });
  });

  it('each once, counted in the metrics, and listed beside the sessions', async () => {
    const { items, total } = await server.get<{ items: Summary[]; total: number }>(
      '/exchanges?unserved=true',
    );
    expect(total).toBe(before);
    const metrics = await (await fetch(`${server.operatorUrl}/metrics`)).text();
    for (const result of ['TLS plain_http', 'TLS protocol_version', 'HTTP 404', 'HTTP 401', 'HTTP 403'])
      expect(metrics).toMatch(new RegExp(`mock_smdp_requests_total\\{.*result="${result}"\\} 1$`, 'm'));
    const { unserved: listed } = await server.get<{ unserved: Summary[] }>('/sessions');
    expect(listed).toEqual(items);
  });

  it('as are calls that were refused before a session began', async () => {
    const body = '{"smdpAddress":"x"}';
    const call = `POST /gsma/rsp2/es9plus/initiateAuthentication HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    await tls({}, call);
    const listed = async (query: string) =>
      (await server.get<{ withoutSession: Summary[] }>(`/sessions${query}`)).withoutSession;
    expect(await listed('')).toMatchObject([{ result: '1.3.1/2.2' }]);
    expect(await listed('?matchingId=OTHER')).toEqual([]);
  });

  it('can be expected, by its result', async () => {
    const verify = (result: string) =>
      server.call('POST', '/verify', { expect: { interface: 'TLS', result }, count: { exactly: 1 } });
    expect(await verify('TLS plain_http')).toMatchObject({ status: 200 });
    expect(await verify('TLS plainhttp')).toMatchObject({
      status: 400,
      body: { errors: [{ remedy: 'did you mean TLS plain_http?' }] },
    });
  });
});

it('does not count for an expectation that does not name it', async () => {
  const { server, tls, unserved } = await watched();
  await tls({});
  await unserved(1);
  const verify = async (expect: object) =>
    (await server.call('POST', '/verify', { expect, count: { exactly: 0 } })).status;
  expect(await verify({})).toBe(200);
  expect(await verify({ unserved: true })).toBe(417);
  expect(await verify({ function: 'handshake' })).toBe(417);
  expect(await verify({ result: 'TLS no_request' })).toBe(417);
});

describe('a flood of connections', () => {
  const journal = new Journal({ clock: systemClock, count: 10_000 });
  const answer = { status: 0, headers: {}, body: Buffer.alloc(0) };
  new Exchange('ES9+', 'authenticateClient', [journal]).end({ ...answer, status: 200 });
  for (let times = 0; times < 20_000; times++) {
    const exchange = new Exchange('TLS', 'handshake', [journal]);
    exchange.noteListenerFailure({ result: 'TLS closed', message: '' });
    exchange.end(answer);
  }

  it('pushes out no real exchange', () => {
    expect(journal.exchanges({ unserved: false })).toHaveLength(1);
    expect(journal.exchanges({ unserved: true })).toHaveLength(1000);
    expect(journal.entries()[0]).toMatchObject({ id: 1 });
  });

  it('makes only counts of connections uncertain', () => {
    expect(journal.lost({ function: 'authenticateClient' })).toBeUndefined();
    expect(journal.lost({ unserved: false })).toBeUndefined();
    expect(journal.lost({ eid: '89049032123451234512345678901235' })).toBeUndefined();
    expect(journal.lost({ interface: 'TLS' })).toMatchObject({ id: 19_001 });
  });
});
