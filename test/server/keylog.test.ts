import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { expect, it } from 'vitest';
import { ConfigError } from '../../src/server/index.js';
import { temporaryFolder, testPkiFolder } from '../support/pki-folder.js';
import { startForTest } from './support.js';

const certs = await testPkiFolder();
const folder = temporaryFolder();

/** The keys of one connection, as the client has them. */
async function keysOfConnection(deviceUrl: string): Promise<string> {
  const { hostname, port } = new URL(deviceUrl);
  const lines: Buffer[] = [];
  const socket: TLSSocket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
  socket.on('keylog', (line: Buffer) => lines.push(line));
  await new Promise((resolve, reject) => {
    socket.on('end', resolve).on('error', reject).resume();
    socket.end('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  });
  return Buffer.concat(lines).toString();
}

it('writes the keys with which a connection can be read, for nobody else to see', async () => {
  const keylog = join(folder, 'keys.log');
  writeFileSync(keylog, '# kept\n', { mode: 0o644 });
  const server = await startForTest({ certs, tls: 'on', keylog });
  const keys = await keysOfConnection(server.deviceUrl);
  const logged = readFileSync(keylog, 'utf8');
  expect(logged).toMatch(/^# kept\n/);
  const secret = /^CLIENT_TRAFFIC_SECRET_0 \S+ \S+$/m.exec(keys)?.[0];
  expect(secret).toBeDefined();
  expect(logged).toContain(secret);
  expect(statSync(keylog).mode & 0o777).toBe(0o600);
  expect(server.warnings).toContain(
    `TLS keys are written to ${keylog}: anyone who has this file can decrypt the connections.`,
  );
});

it.each([
  ['there is no TLS', { tls: 'off', keylog: join(folder, 'none.log') }, /SMDP_TLS\) is off: there are no/],
  ['the file cannot be written', { tls: 'on', keylog: folder }, /SMDP_KEYLOG\): .* cannot be written/],
])('does not start where %s', async (_, flags, message) => {
  const start = startForTest({ certs, ...flags });
  await expect(start).rejects.toThrow(ConfigError);
  await expect(start).rejects.toThrow(message);
});

it.skipIf(process.platform !== 'linux')(
  'serves devices on when the file cannot be written any more',
  async () => {
    const server = await startForTest({ certs, tls: 'on', keylog: '/dev/full' });
    await keysOfConnection(server.deviceUrl);
    await expect(keysOfConnection(server.deviceUrl)).resolves.toContain('TRAFFIC_SECRET');
  },
);
