import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { watch } from '../../src/cli/session/watch-command.js';
import { createLog, resolveConfig, startServer, type RunningServer } from '../../src/server/index.js';
import { cli } from './support/run.js';
import { deserted, startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none', SMDP_TLS: 'off' });
});
afterAll(() => server.close());

/** Collects what a watch prints while `act` goes on. */
async function watched(
  flags: Parameters<typeof watch>[0],
  act: (printed: { lines: string[]; said: string[] }) => Promise<void>,
) {
  const printed = { lines: [] as string[], said: [] as string[] };
  const log = vi.spyOn(console, 'log').mockImplementation((text) => void printed.lines.push(String(text)));
  const error = vi.spyOn(console, 'error').mockImplementation((text) => void printed.said.push(String(text)));
  const end = new AbortController();
  const watching = watch(flags, end.signal);
  try {
    await act(printed);
  } finally {
    end.abort();
    await watching;
    log.mockRestore();
    error.mockRestore();
  }
}

const request = (url: string, path: string) => fetch(`${url}${path}`, { method: 'POST' });

it('prints what reaches the server, served or not, and goes on after a restart', async () => {
  const { operatorUrl } = server;
  await request(server.deviceUrl, '/gsma/rsp2/es9plus/nothing');
  await watched({ server: operatorUrl, since: 0 }, async ({ lines, said }) => {
    await vi.waitFor(
      () => expect(lines[0]).toMatch(/HTTP request .* HTTP 404 .*did you mean|HTTP 404/),
      5000,
    );
    await request(server.deviceUrl, '/gsma/rsp2/es9plus/initiateAuthentication');
    await vi.waitFor(() => expect(lines[1]).toMatch(/ES9\+ initiateAuthentication/), 5000);
    await server.close();
    await vi.waitFor(
      () => expect(said).toContain(`${operatorUrl} cannot be reached; waiting until it answers again ...`),
      5000,
    );
    const again = await restarted(new URL(operatorUrl).port);
    await vi.waitFor(() => expect(said).toContain(`${operatorUrl} is back.`), 5000);
    await request(again.deviceUrl, '/gsma/rsp2/es9plus/cancelSession');
    await vi.waitFor(() => expect(lines.at(-1)).toMatch(/ES9\+ cancelSession/), 5000);
    await again.close();
  });
});

/** Another server on the operator-facing port of the first. */
async function restarted(port: string): Promise<RunningServer> {
  const { config } = resolveConfig({
    ...{
      SMDP_PORT: '0',
      SMDP_ADMIN_PORT: port,
      SMDP_DATABASE: ':memory:',
      SMDP_SEED: 'none',
      SMDP_TLS: 'off',
    },
    SMDP_CERTS: server.folder.path('certs-again'),
  });
  return startServer(config, createLog('silent'));
}

it('ends with 1 where no server answers', async () => {
  const { code, stderr } = await cli('session', 'watch', '--server', `http://${await deserted()}`);
  expect(code).toBe(1);
  expect(stderr).toContain('No server answers at');
});
