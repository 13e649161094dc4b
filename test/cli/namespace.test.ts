import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
});
afterAll(() => server.close());

const run = (namespace: string | undefined, ...args: string[]) =>
  cli(...args, ...server.api, ...(namespace === undefined ? [] : ['--namespace', namespace]));

it('profiles, pools and faults are made and listed in the namespace that --namespace names', async () => {
  const iccid = '8949449999000000010';
  for (const name of ['one', 'Other'])
    expect((await run(name, 'profile', 'create', '--iccid', iccid)).code).toBe(0);
  await run('one', 'pool', 'create', 'mine', '--count', '1');
  await run('one', 'fault', 'add', '--function', 'authenticateClient', '--http-status', '503');
  expect((await run('one', 'profile', 'show', iccid)).stdout).toMatch(/namespace +one/);
  expect((await run('other', 'profile', 'list', '--json')).json()).toMatchObject({
    items: [{ iccid, namespace: 'other' }],
  });
  expect((await run('other', 'pool', 'list')).stderr).toMatch(/There are no pools/);
  expect((await run('other', 'fault', 'list')).stderr).toMatch(/There are no fault rules/);
  expect((await run('one', 'fault', 'list')).stdout).toContain('namespace=one');
  expect((await run(undefined, 'profile', 'list', '--json')).json<{ items: unknown[] }>().items).toHaveLength(
    3,
  );
});

it('the next part of a list is in the same namespace', async () => {
  for (let count = 0; count < 2; count++) await run('long', 'profile', 'create');
  expect((await run('long', 'profile', 'list', '--limit', '1')).stderr).toContain('--namespace long');
});

it('orders are placed there too', async () => {
  const ordered = await run('orders', 'order', 'download', '--profile-type', 'generic');
  expect(ordered.stdout).toMatch(/namespace +orders/);
});

it('an invalid name is refused before anything is sent', async () => {
  const refused = await run('no_name', 'profile', 'list');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("--namespace is 'no_name', but must be 1 to 32 letters");
});
