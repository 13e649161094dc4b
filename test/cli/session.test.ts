import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

const folder = mkdtempSync(join(tmpdir(), 'sessions-'));
const transactionId = 'AB'.repeat(16);
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none', SMDP_TLS: 'off' });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

const session = (...args: string[]) => cli('session', ...args, ...server.api);

const refusedCall = () =>
  fetch(`${server.deviceUrl}/gsma/rsp2/es9plus/cancelSession`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ transactionId, cancelSessionResponse: '\u001b[31m' }),
  });

it('says that nobody was here', async () => {
  expect((await session('list')).stderr).toMatch(/^The journal has no session of a device/);
});

it('lists a session, shows it with the check that refused, and exports it', async () => {
  await refusedCall();
  expect((await session('list')).stdout).toMatch(
    new RegExp(`^TRANSACTION ID .*\n${transactionId} .* 1 +refused 8\\.10\\.1/3\\.9\n$`),
  );

  const { stdout } = await session('show', transactionId.toLowerCase());
  expect(stdout).toMatch(new RegExp(`^${transactionId}: refused\n`));
  expect(stdout).toContain('ES9+ cancelSession: 8.10.1/3.9');
  expect(stdout).toContain('refused 5.6.5 (1): TransactionId is not known');
  expect(stdout).not.toContain('\u001b');

  const file = join(folder, 'report.json');
  expect((await session('export', transactionId, '-o', file)).stderr).toBe(`1 exchange is in ${file}.\n`);
  const { exchanges } = JSON.parse(readFileSync(file, 'utf8')) as { exchanges: { session: string }[] };
  expect(exchanges.map((exchange) => exchange.session)).toEqual([transactionId]);
});

it('says that the journal has no such session', async () => {
  const { code, stderr } = await session('show', '00');
  expect(code).toBe(1);
  expect(stderr).toContain('the journal has no session 00');
});
