import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
});
afterAll(() => server.close());

const fault = (...args: string[]) => cli('fault', ...args, ...server.api);

it('adds a rule from options, lists it with its counters, and clears it', async () => {
  const added = await fault(
    ...[
      'add',
      '--name',
      'busy',
      '--function',
      'initiateAuthentication',
      '--http-status',
      '503',
      '--times',
      '1',
    ],
  );
  expect([added.code, added.stdout]).toEqual([
    0,
    "1: 'busy' initiateAuthentication httpStatus=503 times=1\n",
  ]);
  expect((await fault('list')).stdout).toMatch(/^RULE +MATCHED +HITS\n1: 'busy' .* 0 +0\n$/);
  expect((await fault('clear', '--name', 'other')).stdout).toBe('Removed 0 fault rules.\n');
  expect((await fault('clear', '--name', 'busy')).stdout).toBe('Removed 1 fault rule.\n');
  expect((await fault('list')).stderr).toMatch(/^There are no fault rules\. Add one: /);
});

it('takes members that have no option as JSON, options before them', async () => {
  const json = '{"edit": {"serverSigned1.serverAddress": "elsewhere"}, "times": 3}';
  const added = (await fault('add', json, '--times', '2', '--json')).json<object>();
  expect(added).toMatchObject({
    function: 'initiateAuthentication',
    edit: { 'serverSigned1.serverAddress': 'elsewhere' },
    times: 2,
  });
  await fault('clear');
});

it('names the wrong member of a rule, and shows an example of JSON', async () => {
  const wrong = await fault('add', '--function', 'authenticate', '--refuse', '8.1');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/function.*one of initiateAuthentication/);
  expect(wrong.stderr).toMatch(/refuse.*8\.2\.6\/3\.8/);
  expect((await fault('add', '[1]')).stderr).toContain("'[1]' is not a JSON object. Write for example");
});

it('lists the MatchingIDs that trigger a fault', async () => {
  const { stdout } = await fault('codes');
  expect(stdout).toMatch(/^BPP-MAC-<n> +the nth protected TLV of the BPP has a wrong MAC/m);
});
