import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../cli/support/run.js';
import { startTestServer, type TestServer } from '../../cli/support/server.js';

const dsAddress = 'smds.example.com';
const eid = '89049032000000000000000000000163';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none', SMDP_DS_ADDRESS: dsAddress });
});
afterAll(() => server.close());

let count = 0;
/** Options of a new device of its own EID, for which all names lead to the server. */
const device = (...more: string[]): string[] => {
  const folder = ['--certs', server.folder.path('certs'), '--eid', eid];
  return [...folder, '--state', server.folder.path(`device-${++count}.json`), ...more];
};
const reached = (): string[] => ['--connect', server.address];
const order = async (...options: string[]): Promise<string> =>
  (await cli('profile', 'create', '--json', '--eid', eid, ...server.api, ...options)).json<{
    iccid: string;
  }>().iccid;

/** Until the SM-DS knows of the order. */
const registered = (iccid: string) =>
  expect
    .poll(async () => (await cli('profile', 'show', iccid, ...server.api)).stdout, { timeout: 20_000 })
    .toMatch(/event +registered/);

describe('mock-smdp device discover', () => {
  it('downloads what an SM-DS names, and shows each step', async () => {
    const iccid = await order('--smds-address', dsAddress);
    await registered(iccid);
    const ran = await cli('device', 'discover', '--smds', dsAddress, ...device(...reached()));
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(new RegExp(`^Installed ${iccid} \\(.*\\) from ${server.address}$`, 'm'));
    expect(ran.stderr).toMatch(/^smds\.example\.com$/m);
    expect(ran.stderr).toContain('eUICC has verified SM-DS 2.999.15');
    expect(ran.stderr).toContain('events for this eUICC: 1');
  });

  it('asks the servers that the eUICC is configured with', async () => {
    const own = device();
    const unset = await cli('device', 'discover', ...own);
    expect([unset.code, unset.stdout]).toEqual([1, '']);
    expect(unset.stderr).toContain('device config --default-smdp');

    const set = ['--default-smdp', server.address, '--root-smds', dsAddress];
    const shown = await cli('device', 'config', ...set, '--json', ...own);
    expect(shown.json()).toEqual({ defaultSmdpAddress: server.address, rootSmdsAddresses: [dsAddress] });
    const iccid = await order('--matching-id', '');
    const found = await cli('device', 'discover', '--json', ...own, ...reached());
    expect(found.json()).toMatchObject([{ address: server.address, outcome: 'installed', iccid }]);
    const again = await cli('device', 'discover', ...own, ...reached());
    expect([again.code, again.stdout]).toEqual([0, `Nothing is pending for eUICC ${eid}.\n`]);
  });

  it('says what failed, and ends with 1', async () => {
    const ran = await cli('device', 'discover', '--json', '--smdp', 'localhost:1', ...device());
    expect(ran.code).toBe(1);
    expect(ran.json()).toMatchObject([
      { address: 'localhost:1', outcome: 'failed', step: 'initiateAuthentication', code: 'ECONNREFUSED' },
    ]);
    expect(ran.stderr).toContain('1 of 1 requests failed');
  });
});

describe('mock-smdp device config', () => {
  it('forgets servers, and takes no URLs', async () => {
    const own = device();
    await cli('device', 'config', '--default-smdp', 'a.example.com', '--root-smds', 'b.example.com', ...own);
    const text = await cli('device', 'config', ...own);
    expect(text.stdout).toMatch(/default SM-DP\+ +a\.example\.com\n +root SM-DS +b\.example\.com/);
    const without = await cli('device', 'config', '--default-smdp', '', '--root-smds', '', '--json', ...own);
    expect(without.json()).toEqual({ defaultSmdpAddress: null, rootSmdsAddresses: [] });
    const wrong = await cli('device', 'config', '--root-smds', 'https://b.example.com', ...own);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('without https://')]);
  });
});
