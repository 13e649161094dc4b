import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, type Ran } from './support/run.js';
import { startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
});
afterAll(() => server.close());

const phone = (...args: readonly string[]): Promise<Ran> => cli('phone', ...args, ...server.api);
const code = async (...options: readonly string[]) =>
  (await cli('profile', 'create', '--json', ...options, ...server.api)).json<{
    readonly activationCode: string;
    readonly iccid: string;
  }>();

describe('mock-smdp phone', () => {
  it('makes a device, downloads, and manages the profile on it', async () => {
    expect((await phone('make', 'anna')).stdout).toMatch(/^anna: EID \d{32}$/m);
    const { activationCode, iccid } = await code();
    const loaded = await phone('download', 'anna', activationCode);
    expect(loaded.code).toBe(0);
    expect(loaded.stdout).toMatch(
      new RegExp(`authenticateClient: .*[^]*installed ${iccid}[^]*session show [0-9A-F]+`),
    );
    expect((await phone('enable', 'anna')).code).toBe(0);
    expect((await phone('nickname', 'anna', iccid, 'Work')).code).toBe(0);
    expect((await phone('show', 'anna')).stdout).toMatch(new RegExp(`${iccid} +Work .* enabled`));
    expect((await phone('list')).stdout).toMatch(/anna +\d{32} +plain .*nickname: done/);
    expect((await phone('disable', 'anna', iccid)).code).toBe(0);
    expect((await phone('delete', 'anna', iccid)).code).toBe(0);
    const none = await phone('enable', 'anna');
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('anna has no profile')]);
    expect((await phone('notifications', 'anna')).code).toBe(0);
    expect((await phone('reset', 'anna')).stdout).toContain('nothingToDelete');
    expect((await phone('remove', 'anna')).stdout).toBe('Removed anna.\n');
    expect((await phone('show', 'anna')).code).toBe(1);
  });

  it('asks the user, who answers', async () => {
    await phone('make', 'ben', '--consent', 'ask');
    const { activationCode, iccid } = await code('--confirmation-code', '1234');
    const asked = await phone('download', 'ben', activationCode);
    expect([asked.code, asked.stdout]).toEqual([0, expect.stringContaining('phone answer ben yes')]);
    const answered = await phone('answer', 'ben', 'yes', '--confirmation-code', '1234');
    expect(answered.stdout).toContain(`installed ${iccid}`);
  });

  it.each([
    ['phone show nobody', "there is no device 'nobody'; 'mock-smdp phone make' makes one"],
    ['mdm show nobody', "'mock-smdp phone make' makes one"],
    ['mdm apple device-information emil', "this platform: 'mock-smdp phone make --platform apple'"],
    ['mdm policy status none', "make it with 'mock-smdp mdm policy apply <file>'"],
    ['phone discover emil', "'mock-smdp phone make --default-smdp-address <host:port>'"],
    ['phone answer emil yes', "'mock-smdp phone show <phone>' shows its state"],
  ])('%s is refused with a command as advice', async (command, advice) => {
    await phone('make', 'emil');
    const { code: exitCode, stderr } = await cli(...command.split(' '), ...server.api);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(advice)]);
    expect(stderr).not.toMatch(/(?:GET|POST|PUT|DELETE) \//);
  });

  it('exits with 1 if the server refuses, and says what other devices would say', async () => {
    await phone('make', 'carl');
    const refused = await phone('download', 'carl', '--matching-id', 'ERR-8-1-1-3-8');
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(/Windows ErrorDetail 10[^]*Android 0x0A811038/);
    expect(refused.stderr).toContain('8.1.1 / 3.8');
    const { activationCode } = await code();
    const cancelled = await phone('download', 'carl', activationCode, '--consent', 'no');
    expect(cancelled.stdout).toContain('cancelled');
  });

  it('finds a profile by the EID, and discovers', async () => {
    const eid = '89049032000000000000020000000162';
    await phone('make', 'dora', '--eid', eid, '--default-smdp-address', server.address);
    await code('--eid', eid, '--matching-id', '');
    expect((await phone('discover', 'dora')).stdout).toMatch(/installed \d{19}/);
  });

  it('suggests the name of another device', async () => {
    await phone('make', 'emil');
    expect((await phone('show', 'emli')).stderr).toContain("did you mean 'emil'?");
  });
});
