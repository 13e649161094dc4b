import dns from 'node:dns/promises';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { describe, expect, it, vi, type MockInstance } from 'vitest';
import { temporaryFolder, testPkiFolder } from '../support/pki-folder.js';
import { startForTest } from './support.js';

const hasIpv6 = Object.values(networkInterfaces()).some((of) => of?.some(({ address }) => address === '::1'));
const addresses = ['127.0.0.1', hasIpv6 ? '::1' : '127.0.0.2'];

const certs = await testPkiFolder();
const keylog = join(temporaryFolder(), 'keys.log');

/** Starts a server for which `localhost` has all the addresses, whatever the machine's hosts file says. */
async function startOnAll(options: Parameters<typeof startForTest>[0]) {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const lookup = vi.spyOn(dns, 'lookup') as unknown as MockInstance;
  lookup.mockResolvedValue(found);
  try {
    return await startForTest(options);
  } finally {
    lookup.mockRestore();
  }
}

const server = await startOnAll({ host: 'localhost', certs, tls: 'on', keylog });
const port = Number(new URL(server.deviceUrl).port);

const request = 'GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n';
const lastRequest = request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');

const connect = (host: string): TLSSocket => connectTls({ host, port, rejectUnauthorized: false });

async function exchange(host: string, sent: string): Promise<string> {
  const socket = connect(host);
  socket.write(sent);
  return text(socket);
}

interface Entry {
  readonly result: string;
  readonly peer: string;
}

const journal = async (): Promise<readonly Entry[]> => {
  const { body } = await server.control({ method: 'GET', path: '/exchanges?unserved=true' });
  return (JSON.parse(body) as { items: Entry[] }).items;
};

describe.each(addresses)('the address %s of a listener on localhost', (host) => {
  it('answers many requests that were sent in one go', async () => {
    const answers = await exchange(host, request.repeat(100) + lastRequest);
    expect(answers.split('HTTP/1.1 404').length - 1).toBe(101);
  });

  it('has its TLS keys written', async () => {
    const lines: string[] = [];
    const socket = connect(host).on('keylog', (line: Buffer) => lines.push(line.toString().trim()));
    await once(socket, 'secureConnect');
    socket.write(lastRequest);
    await text(socket);
    const secret = lines.find((line) => line.startsWith('CLIENT_TRAFFIC_SECRET_0'));
    expect(readFileSync(keylog, 'utf8')).toContain(secret);
  });

  it('tells of plain HTTP', async () => {
    const socket = connectTcp({ host, port });
    socket.on('error', () => undefined).end(request);
    await once(socket.resume(), 'close');
    const told = (await journal()).filter(({ result }) => result === 'TLS plain_http');
    expect(told.map(({ peer }) => peer).join(' ')).toContain(host);
  });

  it('is spoilt by rules for TLS', async () => {
    await server.control({ method: 'POST', path: '/faults', body: { tls: 'close', times: 1 } });
    expect(await exchange(host, lastRequest).catch(() => 'an error')).not.toContain('HTTP/1.1');
    await expect(exchange(host, lastRequest)).resolves.toContain('404');
  });
});

it('a listener on localhost answers what has arrived at any address before it closes', async () => {
  const closing = await startOnAll({ host: 'localhost', certs, tls: 'on' });
  const sockets = addresses.map((host) =>
    connectTls({ host, port: Number(new URL(closing.deviceUrl).port), rejectUnauthorized: false }),
  );
  await Promise.all(sockets.map((socket) => once(socket, 'secureConnect')));
  const answers = sockets.map((socket) => text(socket));
  for (const socket of sockets) socket.write(request.repeat(10));
  await closing.close();
  const counts = (await Promise.all(answers)).map((answer) => answer.split('HTTP/1.1 404').length - 1);
  expect(counts).toEqual(addresses.map(() => 10));
});
