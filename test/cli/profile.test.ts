import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { statSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { cli } from './support/run.js';
import { deserted, startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
});
afterAll(() => server.close());
afterEach(() => vi.unstubAllEnvs());

interface Created {
  readonly iccid: string;
  readonly matchingId: string;
  readonly activationCode: string;
}

const profile = (...args: string[]) => cli('profile', ...args, ...server.api);
const create = async (...options: string[]): Promise<Created> =>
  (await profile('create', '--json', ...options)).json<Created>();
const fromApi = async (path: string): Promise<unknown> =>
  (await fetch(`${server.operatorUrl}/api/v1/${path}`)).json();

describe('mock-smdp profile create', () => {
  it('prints the activation code, its QR code and what downloads it', async () => {
    const { code, stdout, stderr } = await profile('create', '--label', 'printed');
    expect([code, stderr]).toEqual([0, '']);
    const activationCode = /activation code +(LPA:1\$\S+)$/m.exec(stdout)?.[1];
    expect(activationCode).toContain(`$${server.address}$`);
    expect(stdout).toMatch(/█▀▀▀▀▀█/);
    expect(stdout).toContain(`mock-smdp device download '${activationCode}'`);
  });

  it('hands every option on', async () => {
    const icon = server.folder.path('metadata.json');
    writeFileSync(
      icon,
      JSON.stringify({ serviceProviderName: 'from the file', profileName: 'from the file' }),
    );
    const eid = '89049032123451234512345678901235';
    const { iccid } = await create(
      ...['--profile-type', 'generic', '--iccid', '8988300000000000013F', '--eid', eid],
      ...['--matching-id', 'ALL-OPTIONS', '--confirmation-code', '1', '--confirmation-code-attempts', '2'],
      ...['--download-attempts', '3', '--valid-until', '2099-01-31T12:00:00Z', '--reuse', 'per-device'],
      ...['--smds-address', 'smds.example.com', '--state', 'Confirmed', '--label', 'all', '--pool', 'west'],
      ...['--metadata', icon, '--profile-name', 'of its own', '--profile-class', 'test'],
      ...['--policy-rule', 'ppr1', '--notify', 'a.example.com=install,delete', '--owner', '00101,AA'],
    );
    expect(await fromApi(`profiles/${iccid}`)).toMatchObject({
      iccid: '8988300000000000013',
      profileType: 'generic',
      eid,
      matchingId: 'ALL-OPTIONS',
      confirmationCodeRequired: true,
      confirmationCodeAttemptsLeft: 2,
      downloadAttemptsLeft: 3,
      validUntil: '2099-01-31T12:00:00.000Z',
      reuse: 'per-device',
      smdsAddress: 'smds.example.com',
      state: 'Confirmed',
      label: 'all',
      pool: 'west',
      metadata: {
        serviceProviderName: 'from the file',
        profileName: 'of its own',
        profileClass: 'test',
        profilePolicyRules: ['ppr1'],
        notificationConfigurationInfo: [
          { notificationAddress: 'a.example.com', profileManagementOperation: ['install', 'delete'] },
        ],
        profileOwner: { mccMnc: '00101', gid1: 'AA' },
      },
    });
  });

  it('shows warnings on standard error', async () => {
    const { code, stderr } = await profile('create', '--matching-id', 'a_b');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Warning: matchingId: /m);
  });

  it('has no code to print for a profile without an order', async () => {
    const { code, stdout } = await profile('create', '--state', 'Available');
    expect(code).toBe(0);
    expect(stdout).toMatch(/activation code +-$/m);
    expect(stdout).not.toContain('device download');
  });

  it('explains each wrong member and its remedy', async () => {
    const { code, stdout, stderr } = await profile('create', '--eid', '12', '--iccid', '3');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain("  eid: '12' is not an EID\n");
    expect(stderr).toMatch(/ {2}iccid: '3' is not an ICCID\n {4}give 18 to 20 digits/);
  });

  it.each([
    [['--notify', 'install'], '--notify is'],
    [['--icon', '/nowhere/icon.png'], '--icon /nowhere/icon.png cannot be read'],
    [['--metadata', '/nowhere/metadata.json'], '--metadata /nowhere/metadata.json cannot be read'],
  ])('refuses %j before it asks the server', async (options, message) => {
    const { code, stderr } = await profile('create', ...options);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('mock-smdp profile list', () => {
  it('is a table, filtered', async () => {
    const { iccid, matchingId } = await create('--label', 'listed');
    const { code, stdout } = await profile('list', '--label', 'listed');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^ICCID +STATE +TYPE +MATCHINGID +EID +LABEL$/);
    expect(lines[1]).toMatch(new RegExp(`^${iccid} +Released +generic +${matchingId} +- +listed$`));
  });

  it('takes several states', async () => {
    const available = await create('--pool', 'states', '--state', 'Available');
    const confirmed = await create('--pool', 'states', '--state', 'Confirmed');
    await create('--pool', 'states');
    const ran = await profile(
      ...['list', '--json', '--pool', 'states', '--state', 'Available', '--state', 'Confirmed'],
    );
    const { items } = ran.json<{ items: Created[] }>();
    expect(items.map(({ iccid }) => iccid)).toEqual([available.iccid, confirmed.iccid]);
  });

  it('says how to go on where a page is full', async () => {
    await create('--pool', 'pages');
    const last = await create('--pool', 'pages');
    const { stderr } = await profile('list', '--pool', 'pages', '--limit', '1');
    const command = /There are more: mock-smdp (.+)$/m.exec(stderr)?.[1];
    const next = await cli(...command!.split(' '), '--json');
    expect(next.json()).toMatchObject({ items: [{ iccid: last.iccid }] });
  });

  it('prints the answer of the control API as it is', async () => {
    const { stdout } = await profile('list', '--json', '--limit', '2');
    expect(JSON.parse(stdout)).toEqual(await fromApi('profiles?limit=2'));
  });

  it('says that no profile matches', async () => {
    const { code, stdout, stderr } = await profile('list', '--label', 'no such label');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toBe('No profile matches these options.\n');
  });
});

describe('mock-smdp profile show, release, cancel and reset', () => {
  it('lead a profile through its life, and show its history', async () => {
    const { iccid } = await create('--state', 'Confirmed');
    expect((await profile('release', iccid)).stdout).toMatch(/^ +state +Released$/m);
    const cancelled = await profile('cancel', iccid, '--final-profile-status-indicator', 'Unavailable');
    expect(cancelled.stdout).toMatch(/^ +state +Unavailable$/m);
    const shown = await profile('show', iccid);
    expect(shown.stdout).toMatch(/release +Confirmed +Released/);
    expect(shown.stdout).toMatch(/cancel +Released +Unavailable/);
  });

  it('make a spent profile downloadable again', async () => {
    const { iccid, activationCode } = await create();
    const download = ['device', 'download', activationCode, ...server.device];
    expect((await cli(...download)).code).toBe(0);
    const shown = await profile('show', iccid);
    expect(shown.stdout).toMatch(/install +0 +yes/);
    const reset = await profile('reset', iccid, '--download-attempts', '1', '--json');
    expect(reset.json()).toMatchObject({ state: 'Released', downloadAttemptsLeft: 1 });
    const other = server.folder.path('other.json');
    const again = [...download.slice(0, -1), other];
    expect((await cli(...again)).code).toBe(0);
  });

  it('name the status code of what is not possible', async () => {
    const { iccid } = await create('--state', 'Available');
    const { code, stderr } = await profile('release', iccid);
    expect(code).toBe(1);
    expect(stderr).toContain('HTTP 409');
    expect(stderr).toContain('8.2.1 / 3.5: Profile ICCID, Invalid transition');
  });

  it('say that there is no such profile, in JSON too', async () => {
    const ran = await profile('show', '8988300000000000099', '--json');
    expect(ran.code).toBe(1);
    expect(ran.json()).toMatchObject({ status: 404 });
    expect(ran.stderr).toContain('there is no profile 8988300000000000099');
  });
});

describe('the server that is asked', () => {
  it('is named, with how to start one, where it does not answer', async () => {
    const nowhere = `http://${await deserted()}`;
    const { code, stdout, stderr } = await cli('profile', 'list', '--server', nowhere);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`No server answers at ${nowhere} (ECONNREFUSED)`);
    expect(stderr).toContain("Start one with 'mock-smdp serve'");
  });

  it('is the one of the configuration unless another is named', async () => {
    vi.stubEnv('SMDP_ADMIN_PORT', new URL(server.operatorUrl).port);
    expect((await cli('profile', 'list', '--json')).code).toBe(0);
  });

  it('has to be named by a URL', async () => {
    const { code, stderr } = await cli('profile', 'list', '--server', 'localhost:8080');
    expect(code).toBe(2);
    expect(stderr).toContain('must be a URL');
  });

  it('cannot be found by a port that is chosen when it starts', async () => {
    vi.stubEnv('SMDP_ADMIN_PORT', '0');
    const { code, stderr } = await cli('profile', 'list');
    expect(code).toBe(2);
    expect(stderr).toContain('Name the server with --server');
  });

  it('is not a mock-smdp, perhaps', async () => {
    const other: Server = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => other.listen(0, 'localhost', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await cli('profile', 'list', '--server', `http://localhost:${port}`);
    await new Promise((resolve) => other.close(resolve));
    expect(code).toBe(1);
    expect(stderr).toContain('Is that the operator-facing listener of a mock-smdp?');
  });
});

describe('the bearer token', () => {
  let guarded: TestServer;
  const token = 'a-token-of-sufficient-length';
  beforeAll(async () => {
    guarded = await startTestServer({ SMDP_ADMIN_TOKEN: token });
  });
  afterAll(() => guarded.close());

  it('is asked for where it is missing', async () => {
    const { code, stderr } = await cli('profile', 'list', ...guarded.api);
    expect(code).toBe(1);
    expect(stderr).toContain('--token');
  });

  it('comes from the option or from the environment', async () => {
    expect((await cli('profile', 'list', ...guarded.api, '--token', token)).code).toBe(0);
    vi.stubEnv('SMDP_ADMIN_TOKEN', token);
    expect((await cli('profile', 'list', ...guarded.api)).code).toBe(0);
  });

  it('is read where a server on this machine keeps it', async () => {
    writeFileSync(guarded.folder.path('admin.token'), `${token}\n`);
    vi.stubEnv('SMDP_DATABASE', guarded.folder.path('smdp.db'));
    expect((await cli('profile', 'list', ...guarded.api)).code).toBe(0);
  });
});

describe('mock-smdp profile simulate', () => {
  it('does what a device would do, and says so', async () => {
    const { iccid } = await create();
    const { code, stdout } = await profile('simulate', iccid, '--until', 'enabled');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Device \d{32}: start, download, install, enable\.$/m);
    expect(await fromApi(`profiles/${iccid}`)).toMatchObject({
      state: 'Installed',
      installedState: 'enabled',
    });
    const again = await profile('simulate', iccid);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('MatchingID is spent')]);
  });

  it('says which refusal was asked for, and is there for operators too', async () => {
    const { iccid } = await create('--confirmation-code', '1234');
    const { stdout } = await cli(
      'order',
      'simulate',
      iccid,
      '--fail',
      'confirmationCodeWrong',
      ...server.api,
    );
    expect(stdout).toContain('start, download (refused with 8.2.7/3.8)');
    const both = await profile('simulate', iccid, '--fail', 'expired', '--until', 'enabled');
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('until')]);
    expect((await profile('simulate', iccid, '--fail', 'nothing')).code).toBe(2);
  });
});

describe('mock-smdp profile package', () => {
  it('writes the package to a file that only its owner may read', async () => {
    const { iccid } = await create();
    const file = server.folder.path('profile.der');
    const ran = await profile('package', iccid, '--output', file);
    expect([ran.code, ran.stdout]).toEqual([0, '']);
    expect(ran.stderr).toMatch(/profile\.der: [\d,]+ octets\. It contains the keys of the profile\.$/m);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await cli('package', 'show', file)).stdout).toContain(iccid);
    expect((await cli('package', 'lint', file)).code).toBe(0);
  });

  it('prints no octets into a terminal', async () => {
    const { iccid } = await create();
    const isTty = Object.getOwnPropertyDescriptor(process.stdout, 'isTTY');
    Object.defineProperty(process.stdout, 'isTTY', { value: true, configurable: true });
    const ran = await profile('package', iccid);
    if (isTty) Object.defineProperty(process.stdout, 'isTTY', isTty);
    else Reflect.deleteProperty(process.stdout, 'isTTY');
    expect([ran.code, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toContain('Name a file with --output');
  });

  it('says that there is no such profile', async () => {
    const ran = await profile('package', '8988300000000000099', '--output', server.folder.path('none.der'));
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('there is no profile 8988300000000000099');
  });
});
