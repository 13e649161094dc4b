import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dictOf, writePlist } from '../../src/device/management/apple/index.js';
import { cli } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

const folder = mkdtempSync(join(tmpdir(), 'mdm-'));
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

const mdm = (...args: string[]) => cli('mdm', ...args, ...server.api);

describe('an iPhone', () => {
  beforeAll(() => mdm('enrol', 'apple', 'anna'));
  const url = (): string => `https://${server.address}`;

  it('tells its EID and acknowledges RefreshCellularPlans', async () => {
    const { stdout } = await mdm('apple', 'device-information', 'anna');
    expect(stdout).toMatch(/^Acknowledged\n\{\n.*"EID": "\d{32}"/s);
    const refreshed = await mdm('apple', 'refresh-cellular-plans', 'anna', url());
    expect([refreshed.code, refreshed.stdout]).toEqual([0, 'Acknowledged\n']);
    const erased = await mdm('apple', 'erase-device', 'anna', '--preserve-data-plan');
    expect([erased.code, erased.stdout]).toEqual([0, 'Acknowledged\n']);
  });

  it('answers Error, with exit code 1 and the ErrorChain', async () => {
    const { stdout } = await mdm('apple', 'settings', 'anna', 'cellular=busy', 'osVersion=16.0');
    expect(stdout).toMatch(/cellular +busy/);
    const { code, stderr } = await mdm('apple', 'refresh-cellular-plans', 'anna', url());
    expect(code).toBe(1);
    expect(stderr).toMatch(/the device answers Error\nDMCCellularErrorDomain 36003: .*later/);
    const json = (await mdm('apple', 'refresh-cellular-plans', 'anna', url(), '--json')).json();
    expect(json).toMatchObject({ status: 'Error', errorChain: [{ code: 36003 }] });
  });

  it('takes a property list from a file', async () => {
    const file = join(folder, 'command.plist');
    writeFileSync(file, writePlist(dictOf({ CommandUUID: 'A' })));
    const { stdout } = await mdm('apple', 'plist', 'anna', file);
    expect(stdout).toContain('<string>CommandFormatError</string>');
  });

  it('refuses a wrong setting, with exit code 2', async () => {
    for (const change of ['cellular=asleep', 'cellular', 'colour=red']) {
      const { code, stderr } = await mdm('apple', 'settings', 'anna', change);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/cellular|colour/) as string]);
    }
  });
});

describe('an Android phone', () => {
  beforeAll(() => mdm('enrol', 'android', 'ben'));
  const code = (matchingId: string): string => `LPA:1$${server.address}$${matchingId}`;

  it('adds and removes an eSIM', async () => {
    const profile = (await cli('profile', 'create', '--json', ...server.api)).json() as {
      activationCode: string;
      iccid: string;
    };
    const added = await mdm('android', 'add-esim', 'ben', profile.activationCode);
    expect([added.code, added.stdout]).toEqual([0, `1  ADD_ESIM: SUCCESS  ${profile.iccid}\n`]);
    const removed = await mdm('android', 'remove-esim', 'ben', profile.iccid);
    expect(removed.stdout).toBe(`2  REMOVE_ESIM: SUCCESS  ${profile.iccid}\n`);
    const information = await mdm('android', 'request-device-info', 'ben');
    expect(information.stdout).toMatch(/^3 {2}REQUEST_DEVICE_INFO: SUCCEEDED {2}\d{32}\n$/);
    expect((await mdm('android', 'wipe', 'ben', '--wipe-esims')).stdout).toBe('4  WIPE: done\n');
  });

  it('prints the detailed code of EuiccManager, with exit code 1', async () => {
    const ran = await mdm('android', 'add-esim', 'ben', code('ERR-8-1-1-3-8'));
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(
      'ADD_ESIM: INTERNAL_ERROR  0x0A811038 ERROR, OPERATION_SMDX_SUBJECT_REASON_CODE',
    );
    expect((await mdm('android', 'list', 'ben')).stdout).toContain('0x0A811038');
  });

  it('goes on while its user is asked', async () => {
    await mdm('android', 'settings', 'ben', 'ownership=personal', 'deviceInfoConsent=pending');
    const { code: exit, stdout, stderr } = await mdm('android', 'request-device-info', 'ben');
    expect([exit, stdout]).toEqual([0, expect.stringContaining('PENDING_USER_ACTION') as string]);
    expect(stderr).toContain('mdm android list ben');
  });
});
