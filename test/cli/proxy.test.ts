import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
});
afterAll(() => server.close());

it('adds, lists and removes routes; the options after the subcommand are those of the subcommand', async () => {
  const to = ['--to', 'https://their.smdp.example', '--eid', '8904903200*'];
  const added = await cli('proxy', 'route', 'add', ...to, '--json', ...server.api);
  expect([added.code, added.stderr]).toEqual([0, '']);
  const { id } = added.json<{ readonly id: number }>();
  expect(added.json()).toMatchObject({ to: 'https://their.smdp.example', eid: '8904903200*' });
  expect((await cli('proxy', 'route', 'list', ...server.api)).stdout).toContain('https://their.smdp.example');
  expect((await cli('proxy', 'route', 'remove', String(id), ...server.api)).code).toBe(0);
  expect((await cli('proxy', 'route', 'list', '--json', ...server.api)).json()).toEqual({ items: [] });
});

it('reads the file of --ca', async () => {
  const missing = await cli('proxy', 'route', 'add', '--own', '--ca', 'none.pem', ...server.api);
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('There is no such file')]);
});
