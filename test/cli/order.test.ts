import { readFileSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from './support/run.js';
import { deserted, startTestServer, type TestServer } from './support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
});
afterAll(() => server.close());

const order = (...args: string[]) => cli('order', ...args, ...server.api);
const ordered = async (...options: string[]): Promise<string> =>
  (await order('download', '--json', ...options)).json<{ iccid: string }>().iccid;
const stateOf = async (iccid: string) => (await server.store.profilesByIccid(iccid))[0]?.state;

const eid = '89049032123451234512345678901235';

describe('mock-smdp order', () => {
  it('leads from the order to the activation code, and shows the profile each time', async () => {
    const download = await order('download', '--profile-type', 'Test', '--eid', eid);
    expect(download).toMatchObject({ code: 0, stderr: '' });
    expect(download.stdout).toMatch(/state +Linked$/m);
    const iccid = /ICCID +(\d+)$/m.exec(download.stdout)![1]!;

    const confirm = await order('confirm', iccid, '--confirmation-code', '1234', '--no-release');
    expect(confirm.stdout).toMatch(/state +Confirmed$/m);
    expect(confirm.stdout).toMatch(/activation code +LPA:1\$\S+\$\$1$/m);

    const release = await order('release', iccid);
    expect(release.stdout).toMatch(/state +Released$/m);

    const matchingId = /MatchingID +(\S+)$/m.exec(confirm.stdout)![1]!;
    const cancel = await order('cancel', iccid, '--eid', eid, '--matching-id', matchingId);
    expect(cancel.stdout).toMatch(/state +Available$/m);
  });

  it('orders the default type where nothing else is said', async () => {
    const iccid = await ordered();
    expect((await server.store.profilesByIccid(iccid))[0]).toMatchObject({
      ...{ profileType: 'generic', operator: 'operator.example.com', state: 'Allocated' },
    });
  });

  it('orders as the named operator, for look-up by EID', async () => {
    const iccid = await ordered('--operator', '2.999.9');
    const options = ['--operator', '2.999.9', '--eid', eid, '--matching-id', '', '--json'];
    const { stdout } = await order('confirm', iccid, ...options);
    expect(JSON.parse(stdout)).toEqual({
      ...{ header: { functionExecutionStatus: { status: 'Executed-Success' } }, eid, matchingId: '' },
      smdpAddress: expect.stringMatching(/^localhost:\d+$/) as string,
    });
    const { stderr, code } = await order('cancel', iccid, '--eid', eid);
    expect(code).toBe(1);
    expect(stderr).toContain('8.2.1 / 1.2: Profile ICCID, Not allowed');
  });

  it('repeats a call with its identifier', async () => {
    const first = await ordered('--call-id', 'FCI-1');
    expect(await ordered('--call-id', 'FCI-1')).toBe(first);
  });

  it('makes a profile unavailable with --final-profile-status-indicator', async () => {
    const iccid = await ordered();
    await order('cancel', iccid, '--final-profile-status-indicator', 'Unavailable');
    expect(await stateOf(iccid)).toBe('Unavailable');
  });

  it('explains a refusal, and prints the answer with --json', async () => {
    const options = ['download', '--iccid', '8900000000000099999'];
    const refused = await order(...options);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toBe(
      'mock-smdp: downloadOrder was refused: ICCID is not known\n  8.2.1 / 3.9: Profile ICCID, Unknown\n',
    );
    const answer = (await order(...options, '--json')).json<{ header: object }>();
    expect(answer.header).toMatchObject({ functionExecutionStatus: { status: 'Failed' } });
  });

  it('says what to do where no server answers', async () => {
    const { code, stderr } = await cli('order', 'download', '--server', `http://${await deserted()}`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/No server answers at .+\(ECONNREFUSED\)\.\nStart one with /);
  });
});

describe('mock-smdp certs operator', () => {
  const name = 'bss.example.com';
  const file = (leaf: string) => server.folder.path('client', leaf);
  const issue = () =>
    cli(
      ...['certs', 'operator', name, '--certs', server.folder.path('certs')],
      ...['--out', server.folder.path('client'), '--password', 'word'],
    );

  /** Orders a profile on the device-facing listener. */
  const orderWith = (credential: object): Promise<string> =>
    new Promise((resolve, reject) => {
      const header = { functionRequesterIdentifier: name, functionCallIdentifier: 'FCI' };
      const url = `${server.deviceUrl}/gsma/rsp2/es2plus/downloadOrder`;
      const headers = { 'Content-Type': 'application/json' };
      const ca = readFileSync(file('server-ca.pem'));
      const call = request(url, { method: 'POST', headers, ca, agent: false, ...credential }, (answer) => {
        answer.setEncoding('utf8').on('data', resolve);
      });
      call.on('error', reject).end(JSON.stringify({ header, profileType: 'generic' }));
    });

  it('issues what an operator needs, keys for its eyes only, and overwrites nothing', async () => {
    const { code, stdout, stderr } = await issue();
    expect(code).toBe(0);
    for (const leaf of ['operator.key', 'operator.pem', 'operator.p12', 'server-ca.pem'])
      expect(stdout).toContain(file(leaf));
    expect(stderr).toMatch(/^Use it: curl --cert /);
    for (const leaf of ['operator.key', 'operator.p12'])
      expect(statSync(file(leaf)).mode & 0o777).toBe(0o600);
    expect(await issue()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('already exists') as string,
    });
  });

  it('is let in with the PEM files', async () => {
    const credential = { cert: readFileSync(file('operator.pem')), key: readFileSync(file('operator.key')) };
    expect(await orderWith(credential)).toContain('Executed-Success');
  });

  it('is let in with the PKCS #12 file, which opens with its password alone', async () => {
    const pfx = readFileSync(file('operator.p12'));
    expect(await orderWith({ pfx, passphrase: 'word' })).toContain('Executed-Success');
    await expect(orderWith({ pfx, passphrase: 'other' })).rejects.toThrow(/mac verify failure/);
  });

  it('refuses a name that cannot be a common name', async () => {
    const { code, stderr } = await cli(
      'certs',
      'operator',
      'x'.repeat(65),
      '--out',
      server.folder.path('long'),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be a common name');
  });
});
