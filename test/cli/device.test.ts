import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, type Ran } from './support/run.js';
import { deserted, startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const eid = '89049032000000000000000000000163';
const steps = [
  'initiateAuthentication',
  'authenticateServer',
  'authenticateClient',
  'prepareDownload',
  'getBoundProfilePackage',
  'loadBoundProfilePackage',
  'handleNotification',
];

interface Created {
  readonly iccid: string;
  readonly activationCode: string;
}

const create = async (...options: string[]): Promise<Created> =>
  (await cli('profile', 'create', '--json', ...server.api, ...options)).json<Created>();

/** A device of its own for a test: options with a new state file. */
let count = 0;
const freshDevice = (): string[] => [
  '--certs',
  server.folder.path('certs'),
  '--state',
  server.folder.path(`fresh-${++count}.json`),
];

const stepsIn = ({ stderr }: Ran): string[] =>
  [...stderr.matchAll(/^ {2}(\w+) {2,}\S/gm)].map(([, step]) => step!);

describe('mock-smdp device download', () => {
  it('shows each step as it happens, and then what was installed', async () => {
    const device = freshDevice();
    const { iccid, activationCode } = await create('--profile-name', 'My plan');
    const ran = await cli('device', 'download', activationCode, ...device);
    expect(ran.code).toBe(0);
    expect(stepsIn(ran)).toEqual(steps);
    expect(ran.stdout).toMatch(new RegExp(`^ +ICCID +${iccid}$`, 'm'));
    expect(ran.stdout).toMatch(/^ +name +My plan$/m);
    expect(ran.stdout).toMatch(/^ +class +operational$/m);
    expect(ran.stdout).toMatch(/^ +state +disabled$/m);

    const listed = await cli('device', 'list', ...device);
    expect(listed.stdout).toMatch(new RegExp(`^${iccid} +My plan `, 'm'));

    const named = await cli('device', 'nickname', iccid, 'Work', ...device);
    expect([named.code, named.stdout]).toEqual([0, `Profile ${iccid} is 'Work'.\n`]);
    expect((await cli('device', 'list', ...device)).stdout).toMatch(/ My plan +Work +Mock MNO /);
    expect((await cli('device', 'nickname', iccid, ...device)).stdout).toContain('has no nickname');
    const unknown = await cli('device', 'nickname', '8988300000000000099', 'x', ...device);
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      expect.stringMatching(
        /has no profile 8988300000000000099 \(iccidNotFound\)\.\nProfiles on eUICC \d{32}: \d/,
      ),
    ]);
  });

  it('explains the refusal of a second download, and what to do', async () => {
    const { activationCode } = await create();
    await cli('device', 'download', activationCode, ...freshDevice());
    const { code, stdout, stderr } = await cli('device', 'download', activationCode, ...freshDevice());
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('authenticateClient: the server refuses with 8.2.6 / 3.8');
    expect(stderr).toMatch(/subject +8\.2\.6 Matching ID/);
    expect(stderr).toMatch(/reason +3\.8 Refused/);
    expect(stderr).toContain('mock-smdp profile reset');
  });

  it('prints the same as JSON with --json', async () => {
    const ran = await cli(
      'device',
      'download',
      `LPA:1$${server.address}$UNKNOWN`,
      '--json',
      ...freshDevice(),
    );
    expect(ran.code).toBe(1);
    expect(ran.json()).toMatchObject({
      outcome: 'failed',
      step: 'authenticateClient',
      error: 'ServerRefusal',
      subjectCode: '8.2.6',
      reasonCode: '3.8',
    });
  });

  it('needs the confirmation code of the order', async () => {
    const { iccid, activationCode } = await create('--confirmation-code', '4711');
    const device = freshDevice();
    const without = await cli('device', 'download', activationCode, ...device);
    expect(without.code).toBe(1);
    expect(without.stderr).toContain('Give it with --confirmation-code');
    const withCode = await cli(
      'device',
      'download',
      activationCode,
      '--confirmation-code',
      '4711',
      '--json',
      ...device,
    );
    expect(withCode.json()).toMatchObject({ outcome: 'installed', iccid, resultDelivered: true });
  });

  it('downloads the profile of another EID, with the same eUICC each time', async () => {
    const device = ['--certs', server.folder.path('certs'), '--state', server.folder.path('other.json')];
    const other = [...device, '--eid', eid];
    const { iccid } = await create('--eid', eid, '--matching-id', '');
    const ran = await cli('device', 'download', '--smdp', server.address, '--json', ...other);
    expect(ran.json()).toMatchObject({ outcome: 'installed', iccid, eid });

    const key = server.folder.path('other.euicc', 'SK_EUICC_ECDSA_NIST.pem');
    const kept = readFileSync(key, 'utf8');
    expect(statSync(key).mode & 0o077).toBe(0);
    const listed = await cli('device', 'list', '--json', ...other);
    expect(listed.json()).toMatchObject([{ iccid }]);
    expect(readFileSync(key, 'utf8')).toBe(kept);
  });

  it('cancels with the given reason, and installs nothing', async () => {
    const device = freshDevice();
    const { iccid, activationCode } = await create();
    const ran = await cli('device', 'download', activationCode, '--cancel', 'endUserRejection', ...device);
    expect(ran).toMatchObject({ code: 0, stdout: 'Nothing was installed: the download was cancelled.\n' });
    expect((await cli('device', 'list', '--json', ...device)).json()).toEqual([]);
    const shown = await cli('profile', 'show', iccid, '--json', ...server.api);
    expect(shown.json()).toMatchObject({ state: 'Error' });
  });

  it('says which property accepts the segments of a server that makes them longer', async () => {
    const { activationCode } = await create();
    const ran = await cli(
      'device',
      'download',
      activationCode,
      '--set',
      'segmentOctets=500',
      ...freshDevice(),
    );
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/has (\d+) octets, at most 500 are allowed/);
    expect(ran.stderr).toMatch(/--set segmentOctets=\d+$/m);
  });

  it('advises as the failure needs when a server refuses a cancellation', async () => {
    const { activationCode } = await create();
    await cli('fault', 'add', '--next', 'cancelSession', '--refuse', '8.8/3.10', ...server.api);
    const ran = await cli(
      ...['device', 'download', activationCode, '--cancel', 'endUserRejection', ...freshDevice()],
    );
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/osmo-smdpp refuses every cancellation/);
  });

  it('says after an HTTP status that a fault may have caused it', async () => {
    const { activationCode } = await create();
    await cli('fault', 'add', '--next', 'initiateAuthentication', '--http-status', '503', ...server.api);
    const ran = await cli('device', 'download', activationCode, ...freshDevice());
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /The server's log says .*\nOr a fault rule or a magic MatchingID has caused this: see '.*fault list' and '.*fault codes'\./,
    );
  });

  it('connects to the address of --connect', async () => {
    const { activationCode } = await create();
    const at = server.deviceUrl.replace('https://', '');
    const code = activationCode.replace(server.address, 'localhost');
    const ran = await cli('device', 'download', code, '--connect', at, ...freshDevice());
    expect(ran.code).toBe(0);
  });

  it('rejects the TLS certificate of an unknown CA, unless --insecure or --ca allows it', async () => {
    const { activationCode } = await create();
    const foreign = server.folder.path('certs', 'CERT_OPERATOR_CA_ECDSA_NIST.der');
    const device = freshDevice();
    const refused = await cli('device', 'download', activationCode, '--ca', foreign, ...device);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('was not issued by a CA in the PKI folder');
    const none = await cli('device', 'download', activationCode, '--ca', 'README.md', ...device);
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringContaining('--ca README.md holds no certificate in PEM or DER'),
    ]);
    const taken = await cli('device', 'download', activationCode, '--ca', foreign, '--insecure', ...device);
    expect(taken.code).toBe(0);
  });

  it.each([
    ['LPA:1:8443', 'single quotes'],
    ['LPA:2$localhost$X', "format '2'"],
  ])('explains why %s is not an activation code', async (activationCode, hint) => {
    const { code, stderr } = await cli('device', 'download', activationCode, ...freshDevice());
    expect(code).toBe(2);
    expect(stderr).toContain(hint);
  });

  it('explains how to start a server if none listens', async () => {
    const { code, stderr } = await cli('device', 'download', `LPA:1$${await deserted()}$X`, ...freshDevice());
    expect(code).toBe(1);
    expect(stderr).toContain("Start a server with 'mock-smdp serve'");
  });

  it('refuses a folder as state file', async () => {
    const folder = server.folder.path('certs');
    const { code, stderr } = await cli('device', 'list', '--certs', folder, '--state', folder);
    expect([code, stderr]).toEqual([1, `mock-smdp: ${folder} is a folder; name a file in it\n`]);
  });

  it('explains how to make a missing PKI folder', async () => {
    const { code, stderr } = await cli(
      'device',
      'download',
      'LPA:1$a$b',
      '--certs',
      server.folder.path('no'),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('Start a server first');
  });

  it('refuses a --connect that is a URL', async () => {
    const connect = ['--connect', 'https://a'];
    const { code, stderr } = await cli('device', 'download', 'LPA:1$a$b', ...connect, ...server.device);
    expect(code).toBe(2);
    expect(stderr).toContain('without https://');
  });
});

describe('mock-smdp device enable, disable and delete', () => {
  it('change the only profile, and notify its server', async () => {
    const device = freshDevice();
    const { iccid, activationCode } = await create();
    await cli('device', 'download', activationCode, ...device);

    const enabled = await cli('device', 'enable', ...device);
    expect(enabled).toMatchObject({ code: 0, stdout: `Profile ${iccid} is enabled.\n` });
    expect(enabled.stderr).toContain(`notification 1 (enable) delivered to ${server.address}`);

    const early = await cli('device', 'delete', iccid, ...device);
    expect(early.code).toBe(1);
    expect(early.stderr).toContain(`mock-smdp device disable ${iccid}`);

    const disabled = await cli('device', 'disable', `${iccid}F`, '--json', ...device);
    expect(disabled.json()).toMatchObject({
      iccid,
      operation: 'disable',
      result: 'ok',
      notifications: [{ seqNumber: 2, operation: 'disable', delivered: true }],
    });
    expect((await cli('device', 'delete', iccid, ...device)).code).toBe(0);
    expect((await cli('device', 'list', ...device)).stdout).toBe('');

    const shown = await cli('profile', 'show', iccid, '--json', ...server.api);
    expect(shown.json()).toMatchObject({ state: 'Installed', installedState: 'deleted' });
  });

  it('ask for the ICCID if the eUICC has no profile or several', async () => {
    const device = freshDevice();
    const none = await cli('device', 'enable', ...device);
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toMatch(/^mock-smdp: eUICC \d{32} has no profile\.\n$/);

    const first = await create();
    const second = await create();
    await cli('device', 'download', first.activationCode, ...device);
    await cli('device', 'download', second.activationCode, ...device);
    const several = await cli('device', 'enable', ...device);
    expect(several.code).toBe(1);
    expect(several.stderr).toContain(`${first.iccid} (disabled), ${second.iccid} (disabled)`);
    expect((await cli('device', 'enable', second.iccid, ...device)).code).toBe(0);
  });

  it('keep the notification of an unreachable server, and deliver it later', async () => {
    const device = freshDevice();
    const { activationCode } = await create();
    await cli('device', 'download', activationCode, ...device);
    const nowhere = await deserted();
    const enabled = await cli('device', 'enable', '--connect', nowhere, ...device);
    expect(enabled.code).toBe(0);
    expect(enabled.stderr).toContain('Warning: notification 1 (enable) was not delivered');
    const again = await cli('device', 'notifications', '--send', '--connect', nowhere, ...device);
    expect(again.code).toBe(1);

    const waiting = await cli('device', 'notifications', ...device);
    expect(waiting.stdout).toMatch(/^1 +enable /m);
    const sent = await cli('device', 'notifications', '--send', '--json', ...device);
    expect(sent.code).toBe(0);
    expect(sent.json()).toMatchObject([{ seqNumber: 1, delivered: true }]);
    expect((await cli('device', 'notifications', '--json', ...device)).json()).toEqual([]);
  });
});

describe('mock-smdp device info', () => {
  it('prints the EID and the trusted CIs', async () => {
    const ran = await cli('device', 'info', '--json', ...server.device);
    expect(ran.json()).toMatchObject({ profiles: 0, notifications: 0, certs: server.folder.path('certs') });
    expect(ran.json<{ eid: string }>().eid).toMatch(/^\d{32}$/);
    const text = await cli('device', 'info', ...server.device);
    expect(text.stdout).toMatch(/^ +EID +\d{32}$/m);
    expect(text.stdout).toMatch(/^ +trusts CI +[0-9a-f]{40} /m);
  });

  it('refuses a malformed EID, and a stored eUICC of another PKI', async () => {
    const wrong = await cli('device', 'info', '--eid', '123', ...server.device);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("'--eid <digits>' argument '123' is invalid. It must be 32 digits.");

    const elsewhere = server.folder.path('elsewhere');
    await cli('certs', 'init', '--certs', elsewhere);
    const state = ['--state', server.folder.path('moved.json'), '--eid', eid];
    expect((await cli('device', 'info', '--certs', elsewhere, ...state)).code).toBe(0);
    expect(existsSync(server.folder.path('moved.euicc'))).toBe(true);
    const foreign = await cli('device', 'info', '--certs', server.folder.path('certs'), ...state);
    expect(foreign.code).toBe(1);
    expect(foreign.stderr).toContain('the CI of eUICC');
    rmSync(server.folder.path('moved.euicc'), { recursive: true });
    expect((await cli('device', 'info', '--certs', server.folder.path('certs'), ...state)).code).toBe(0);
  });

  it('explains what is wrong with a damaged state file', async () => {
    const state = server.folder.path('damaged.json');
    writeFileSync(state, '{');
    const ran = await cli('device', 'info', '--certs', server.folder.path('certs'), '--state', state);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('is not JSON');
  });
});
