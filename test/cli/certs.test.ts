import { createPrivateKey, X509Certificate } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueCi, issueDpTls, parseCertificate } from '../../src/pki/index.js';
import { hasShared, sharedPath } from '../support/shared.js';
import { cli, type Ran } from './support/run.js';
import { temporaryFolder } from './support/server.js';

const folder = temporaryFolder();
const certs = folder.path('certs');
let made: Ran;
beforeAll(async () => {
  made = await cli('certs', 'init', '--certs', certs, '--address', 'smdp.example.com:8443');
});
afterAll(() => folder.remove());

interface Report {
  readonly file: string;
  readonly role: string;
  readonly issuedBy: string | null;
  readonly keyFile: string | null;
  readonly problems: string[];
}

const list = async (path: string): Promise<Report[]> =>
  (await cli('certs', 'list', '--json', '--certs', path)).json<{ certificates: Report[] }>().certificates;

describe('mock-smdp certs init', () => {
  it('makes a test PKI for the address, and shows it', () => {
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toMatch(/^CERT_CI_ECDSA_NIST\.der +CI .+\(itself\)/m);
    expect(made.stdout).toMatch(/^CERT_S_SM_DP_TLS_NIST\.der +SM-DP\+ TLS .+ smdp\.example\.com /m);
  });

  it('does not change existing files', async () => {
    const before = readFileSync(folder.path('certs', 'CERT_S_SM_DPauth_ECDSA_NIST.der'));
    expect((await cli('certs', 'init', '--certs', certs, '--address', 'smdp.example.com:8443')).code).toBe(0);
    expect(readFileSync(folder.path('certs', 'CERT_S_SM_DPauth_ECDSA_NIST.der'))).toEqual(before);
  });

  it('refuses an address that is a URL', async () => {
    const { code, stderr } = await cli('certs', 'init', '--certs', certs, '--address', 'https://a');
    expect(code).toBe(2);
    expect(stderr).toContain('write it without https://');
  });
});

describe('mock-smdp certs list', () => {
  it('finds issuer and key of each certificate', async () => {
    const reports = await list(certs);
    expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
    expect(reports).toContainEqual(
      expect.objectContaining({
        file: 'CERT_EUICC_ECDSA_NIST.der',
        role: 'eUICC',
        issuedBy: 'CERT_EUM_ECDSA_NIST.der',
        keyFile: 'SK_EUICC_ECDSA_NIST.pem',
      }),
    );
  });

  it('warns of expired certificates, foreign issuers and files that are not certificates', async () => {
    const broken = temporaryFolder();
    const ci = issueCi();
    const old = issueDpTls(ci, { names: ['localhost'] }, { now: new Date('2020-01-01') });
    writeFileSync(broken.path('CERT_S_SM_DP_TLS_NIST.der'), old.certificate.der);
    writeFileSync(broken.path('CERT_CI_ECDSA_NIST.der'), 'nonsense');
    const ran = await cli('certs', 'list', '--certs', broken.path());
    broken.remove();
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/^CERT_S_SM_DP_TLS_NIST\.der .+ expired; its issuer is not in the folder$/m);
    expect(ran.stderr).toContain('Warning: CERT_S_SM_DP_TLS_NIST.der expired on 2021-01-31.');
    expect(ran.stderr).toContain('Warning: CERT_CI_ECDSA_NIST.der is neither DER nor PEM. Not used.');
  });

  it('says what a set lacks', async () => {
    const lab = temporaryFolder();
    cpSync(certs, lab.path('lab'), { recursive: true });
    for (const name of ['SK_CI_ECDSA_NIST.pem', 'SK_CI_ECDSA_BRP.pem', 'SK_S_SM_DPauth_ECDSA_NIST.pem'])
      rmSync(lab.path('lab', name));
    const { gaps } = (await cli('certs', 'list', '--json', '--certs', lab.path('lab'))).json<{
      gaps: string[];
    }>();
    lab.remove();
    expect(gaps).toEqual([
      expect.stringMatching(/^No private key of a CI \(SK_CI_\*\)/),
      'CERT_S_SM_DPauth_ECDSA_NIST.der has no private key in the folder: the server does not use it.',
      expect.stringMatching(/^No SM-DP\+ identity on NIST P-256/),
    ]);
  });

  it('says how to fill a folder that is empty', async () => {
    const { code, stderr } = await cli('certs', 'list', '--certs', folder.path('nothing'));
    expect(code).toBe(1);
    expect(stderr).toContain('mock-smdp certs init');
  });

  it.skipIf(!hasShared)(
    'knows issuers by their key in the published SGP.26 folder (skipped where it is absent)',
    async () => {
      const reports = await list(sharedPath('sgp26'));
      expect(reports.every(({ issuedBy }) => issuedBy !== null)).toBe(true);
      expect(reports.find(({ role }) => role === 'EUM')?.issuedBy).toMatch(/^CERT_CI_.*NIST\.der$/);
    },
  );
});

describe('mock-smdp certs show', () => {
  it.each([
    ['CERT_S_SM_DP_TLS_NIST.der'],
    ['CERT_S_SM_DP_TLS_NIST'],
    [folder.path('certs', 'CERT_S_SM_DP_TLS_NIST.der')],
  ])('shows %s', async (file) => {
    const { code, stdout } = await cli('certs', 'show', file, '--certs', certs);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +names +smdp\.example\.com, localhost, /m);
    expect(stdout).toMatch(/^ +valid until +\S+ \(\d+ days left\)$/m);
    expect(stdout).toMatch(/^ +OID +2\.999\.10$/m);
    expect(stdout).toMatch(/^ +private key +SK_S_SM_DP_TLS_NIST\.pem$/m);
  });

  it('suggests the file that was probably meant', async () => {
    const { code, stderr } = await cli('certs', 'show', 'CERT_CI_ECDSA_NITS.der', '--certs', certs);
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean CERT_CI_ECDSA_NIST.der?');
  });
});

describe('mock-smdp certs euicc', () => {
  const eid = '89049032000000000000000000000163';
  const out = folder.path('euicc');

  it('issues an eUICC into a folder that a device can be made of', async () => {
    const { code, stdout } = await cli('certs', 'euicc', '--eid', eid, '--out', out, '--certs', certs);
    expect(code).toBe(0);
    expect(stdout).toContain(folder.path('euicc', 'CERT_EUICC_ECDSA_NIST.der'));
    const keyFile = folder.path('euicc', 'SK_EUICC_ECDSA_NIST.pem');
    const certificate = new X509Certificate(readFileSync(folder.path('euicc', 'CERT_EUICC_ECDSA_NIST.der')));
    expect(certificate.checkPrivateKey(createPrivateKey(readFileSync(keyFile)))).toBe(true);
    expect(statSync(keyFile).mode & 0o077).toBe(0);
    const info = await cli('device', 'info', '--json', '--certs', out, '--state', folder.path('state.json'));
    expect(info.json()).toMatchObject({ eid });
    expect((await list(out)).flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('overwrites nothing', async () => {
    const before = readFileSync(folder.path('certs', 'SK_EUICC_ECDSA_NIST.pem'));
    const { code, stderr } = await cli('certs', 'euicc', '--eid', eid, '--out', certs, '--certs', certs);
    expect(code).toBe(1);
    expect(stderr).toContain('this command does not overwrite files');
    expect(readFileSync(folder.path('certs', 'SK_EUICC_ECDSA_NIST.pem'))).toEqual(before);
  });

  it('warns about wrong check digits, and refuses a malformed EID', async () => {
    const options = ['--certs', certs, '--out', folder.path('odd')];
    const odd = await cli('certs', 'euicc', '--eid', `${eid.slice(0, 30)}00`, ...options);
    expect(odd.code).toBe(0);
    expect(odd.stderr).toContain(
      `Warning: the last two digits of the EID are not its check digits; the correct EID is ${eid}`,
    );
    const wrong = await cli('certs', 'euicc', '--eid', '1', ...options);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('It must be 32 digits.');
  });
});

describe('mock-smdp certs operator', () => {
  it('leaves alone what the next start serves, and names the CA that it will serve under', async () => {
    const before = contents();
    const ran = await cli(
      'certs',
      'operator',
      'bss.example.com',
      '--certs',
      certs,
      '--out',
      folder.path('bss'),
    );
    expect(ran.code).toBe(0);
    expect(contents()).toEqual(before);
    const ci = new X509Certificate(readFileSync(folder.path('certs', 'CERT_CI_ECDSA_NIST.der')));
    expect(readFileSync(folder.path('bss', 'server-ca.pem'), 'utf8')).toBe(ci.toString());
  });

  it('makes no TLS certificate in a new folder', async () => {
    const fresh = folder.path('fresh');
    expect((await cli('certs', 'operator', 'a', '--certs', fresh, '--out', folder.path('a'))).code).toBe(0);
    expect(readdirSync(fresh).filter((name) => name.includes('TLS'))).toEqual([]);
    expect(statSync(folder.path('a', 'server-ca.pem')).isFile()).toBe(true);
  });

  const contents = () =>
    Object.fromEntries(
      readdirSync(certs).map((name) => [name, readFileSync(folder.path('certs', name), 'hex')]),
    );
});

describe('mock-smdp certs init without an address', () => {
  it('keeps a TLS certificate for another host', async () => {
    const file = folder.path('certs', 'CERT_S_SM_DP_TLS_NIST.der');
    const ci = {
      certificate: readCertificate('CERT_CI_ECDSA_NIST.der'),
      key: readKey('SK_CI_ECDSA_NIST.pem'),
    };
    const key = readKey('SK_S_SM_DP_TLS_NIST.pem');
    const { der } = issueDpTls(ci, { names: ['lab.example.com'] }, { key });
    writeFileSync(file, der);
    const { code, stdout } = await cli('certs', 'init', '--certs', certs);
    expect(code).toBe(0);
    expect(stdout).toContain('for lab.example.com.');
    expect(readFileSync(file)).toEqual(der);
  });

  const readCertificate = (name: string) => parseCertificate(readFileSync(folder.path('certs', name)));
  const readKey = (name: string) => createPrivateKey(readFileSync(folder.path('certs', name)));
});
