import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pino } from 'pino';
import { ConfigError } from '../../../src/server/index.js';
import { temporaryFolder, testPkiFolder } from '../../support/pki-folder.js';
import { outcomeOf, startFaultyServer } from './support.js';

const certs = await testPkiFolder();
const folder = temporaryFolder();
const smdpAddress = 'localhost';

const fileOf = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

it('begins with the fault rules of a file', async () => {
  const faults = fileOf(
    'rules.json',
    '[{"name": "from the file", "matchingId": "WARN", "refuse": "8.1/4.8"}]',
  );
  const server = await startFaultyServer({ certs, faults });
  expect(server.warnings).toContain('Fault rules are active: from the file.');
  const outcome = await outcomeOf(server.device().download({ smdpAddress, matchingId: 'WARN' }));
  expect(outcome).toMatch(/8\.1 \/ 4\.8 \(as asked for by from the file\)/);
});

it.each([
  ['no JSON', '[{', /cannot be read as JSON/],
  ['no list', '{}', /a list of fault rules/],
  ['an unknown member', '[{"satus": 500}]', /satus.*is not known/],
  ['a rule that cannot be done', '[{"tls": "expired"}]', /invalid fault rule: 0\.tls: TLS is off/],
  ['a rule that does nothing', '[{"eid": "1"}]', /the rule does nothing/],
])('does not start with a file that has %s', async (what, text, message) => {
  const start = startFaultyServer({ certs, faults: fileOf(`${what}.json`, text) });
  await expect(start).rejects.toThrow(ConfigError);
  await expect(start).rejects.toThrow(message);
});

it('resets connections below TLS, so that the device sees an RST', async () => {
  const server = await startFaultyServer({ certs, tls: 'on' });
  const outcome = await outcomeOf(server.device().download({ smdpAddress, matchingId: 'RESET-GBPP' }));
  expect(outcome).toMatch(/^TransportError: getBoundProfilePackage: .*ECONNRESET/);
});

it('cuts a connection on which the answer before is still on its way', async () => {
  const server = await startFaultyServer({ certs, tls: 'off' });
  await server.call('POST', '/faults', { function: 'initiateAuthentication', delay: 300 });
  await server.call('POST', '/faults', { function: 'authenticateClient', cut: 'close' });
  const { port } = new URL(server.deviceUrl);
  const request = (name: string): string =>
    `POST /gsma/rsp2/es9plus/${name} HTTP/1.1\r\nHost: localhost\r\n` +
    'Content-Type: application/json\r\nX-Admin-Protocol: gsma/rsp/v2.5.0\r\nContent-Length: 2\r\n\r\n{}';
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined).resume();
  socket.write(request('initiateAuthentication') + request('authenticateClient'));
  await once(socket, 'close');
  expect(socket.destroyed).toBe(true);
});

it('cuts and trickles over TLS too', async () => {
  const server = await startFaultyServer({ certs, tls: 'on' });
  const outcomes = await Promise.all(
    ['HALF-GBPP', 'TRICKLE', 'CUT', 'HTTP-204-BODY'].map((matchingId) =>
      outcomeOf(server.device().download({ smdpAddress, matchingId })),
    ),
  );
  expect(outcomes.map((outcome) => outcome.split(':')[0])).toEqual([
    'TransportError',
    'installed',
    'TransportError',
    'TransportError',
  ]);
});

it('stops at once although an answer is held back for minutes', async () => {
  const server = await startFaultyServer({ certs });
  await server.call('POST', '/faults', { function: 'initiateAuthentication', delay: 600_000 });
  const answer = server.post('initiateAuthentication', {});
  await expect
    .poll(async () => (await server.call('GET', '/faults/1')).body['hits'], { timeout: 10_000 })
    .toBe(1);
  await server.close();
  expect((await answer).status).toBe(200);
});

it('says in the log which fault it has provoked, and on whom', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line) as never) });
  const server = await startFaultyServer({ certs }, log);
  const device = server.device();
  await outcomeOf(device.download({ smdpAddress, matchingId: 'MEMORY' }));
  expect(lines.filter(({ msg }) => msg === 'fault provoked')).toMatchObject([
    { fault: 'MEMORY', what: 'refuse 8.1/4.8', function: 'authenticateClient', eid: device.eid },
  ]);
});
