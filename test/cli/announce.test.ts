import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { announce, downloadCommand, fact } from '../../src/cli/announce.js';
import { resolveConfig } from '../../src/server/index.js';
import { cli } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

describe('the command that a server announces', () => {
  const code = 'LPA:1$localhost:8443$X';

  it('is short where everything is as usual', () => {
    const server = { address: 'localhost:8443', deviceUrl: 'https://localhost:8443' };
    expect(downloadCommand(code, server, { certs: 'certs', tls: 'on' })).toBe(
      `mock-smdp device download '${code}'`,
    );
  });

  it('says where the server is, what to trust and how to speak to it where that is not as usual', () => {
    const server = { address: 'smdp.example.com', deviceUrl: 'http://0.0.0.0:80' };
    expect(downloadCommand(code, server, { certs: 'my pki', tls: 'off' })).toBe(
      `mock-smdp device download '${code}' --certs "my pki" --no-tls --connect localhost:80`,
    );
  });
});

it.each(['0.0.0.0', '::'])(
  'a server that is bound to %s is announced under a name that a client can use',
  async (host) => {
    const server = await startTestServer({ SMDP_TLS: 'off' });
    const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const wide = { ...server, deviceUrl: `http://${host}:8443`, operatorUrl: `http://${host}:8080` };
    await announce(wide, resolveConfig({ SMDP_CERTS: server.folder.path('certs') }).config);
    const last: unknown = print.mock.calls.at(-1)?.[0];
    print.mockRestore();
    await server.close();
    expect(last).toBe(
      'mock-smdp is ready: devices at http://localhost:8443, operators at http://localhost:8080',
    );
  },
);

describe.each([
  ['as usual', {}],
  ['behind a TLS terminator', { SMDP_TLS: 'off', SMDP_ADDRESS: 'smdp.example.com' }],
])('a server that starts %s', (_name, settings: Record<string, string>) => {
  let server: TestServer;
  let lines: string[];
  beforeAll(async () => {
    server = await startTestServer(settings);
    const { config } = resolveConfig({ ...settings, SMDP_CERTS: server.folder.path('certs') });
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await announce(server, config);
    lines = log.mock.calls.flatMap(([text = '']) => String(text).split('\n'));
    log.mockRestore();
    error.mockRestore();
  });
  afterAll(() => server.close());

  it('says last, in one line, that it is ready', () => {
    expect(lines.at(-1)).toBe(
      `mock-smdp is ready: devices at ${server.deviceUrl}, operators at ${server.operatorUrl}`,
    );
  });

  it('shows a QR code, and a command that downloads the demo profile', async () => {
    expect(lines.some((line) => line.includes('█▀▀▀▀▀█'))).toBe(true);
    const command = lines.find((line) => line.includes('device download'))!;
    const words = command.replace(/^.*?mock-smdp /, '').split(' ');
    const args = words.map((word) => word.replaceAll("'", ''));
    const ran = await cli(...args, '--state', server.folder.path('device.json'), '--json');
    expect(ran.json()).toMatchObject({ outcome: 'installed', iccid: server.demoProfile!.iccid });
  });
});

it('a demo profile that is spent is announced with the command that brings it back', async () => {
  const server = await startTestServer({ SMDP_TLS: 'off' });
  const { iccid } = server.demoProfile!;
  const spent = { ...server, demoProfile: { ...server.demoProfile!, state: 'Installed' as const } };
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await announce(spent, resolveConfig({}).config);
  const lines = log.mock.calls.map(([text = '']) => String(text));
  log.mockRestore();
  error.mockRestore();
  await server.close();
  expect(lines).toContain('  Demo profile     cannot be downloaded: it is Installed');
  expect(lines).toContain(
    `  Get it back      mock-smdp profile reset ${iccid} --server ${server.operatorUrl}`,
  );
});

it('a value that does not fit beside its name stands beneath it, whole', () => {
  expect(fact('devices', 'https://localhost:8443/', 80)).toEqual([
    '  devices          https://localhost:8443/',
  ]);
  expect(fact('devices', 'https://localhost:8443/', 30)).toEqual([
    '  devices',
    '    https://localhost:8443/',
  ]);
});
