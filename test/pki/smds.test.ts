import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createTestPki,
  issueDsAuth,
  loadPki,
  PkiError,
  privateKeyToPem,
  selectIdentity,
} from '../../src/pki/index.js';
import { day, loading, now, temporaryFolder } from './support.js';

const smdsAddress = 'smds.example.com:8443';

async function testPki(): Promise<string> {
  const folder = await temporaryFolder();
  await createTestPki(folder, loading().options);
  return folder;
}

async function load(folder: string, address: string | undefined = smdsAddress, at = now) {
  const { options, warnings } = loading(undefined, at);
  return { pki: await loadPki(folder, { ...options, smdsAddress: address }), warnings };
}

const ciKey = async (folder: string): Promise<KeyObject> =>
  createPrivateKey(await readFile(join(folder, 'SK_CI_ECDSA_NIST.pem')));

const contents = async (folder: string) =>
  Promise.all((await readdir(folder)).map(async (name) => [name, await readFile(join(folder, name), 'hex')]));

const dsFiles = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.includes('SM_DS')).sort();

describe('the PKI of the SM-DS role', () => {
  it('is not made while the role is off', async () => {
    const folder = await testPki();
    const { options } = loading();
    expect((await loadPki(folder, options)).smds).toBeUndefined();
    expect(await dsFiles(folder)).toEqual([]);
  });

  it('is made under the names of SGP.26, on both curves, with keys that nobody else can read', async () => {
    const folder = await testPki();
    const { pki, warnings } = await load(folder);
    expect(await dsFiles(folder)).toEqual([
      'CERT_S_SM_DS_TLS_NIST.der',
      'CERT_S_SM_DSauth_ECDSA_BRP.der',
      'CERT_S_SM_DSauth_ECDSA_NIST.der',
      'SK_S_SM_DS_TLS_NIST.pem',
      'SK_S_SM_DSauth_ECDSA_BRP.pem',
      'SK_S_SM_DSauth_ECDSA_NIST.pem',
    ]);
    expect((await stat(join(folder, 'SK_S_SM_DS_TLS_NIST.pem'))).mode & 0o777).toBe(0o600);
    expect(pki.smds?.identities.map(({ ci, oid }) => `${ci.curve} ${oid}`)).toEqual([
      'P-256 2.999.15',
      'brainpoolP256r1 2.999.15',
    ]);
    expect(warnings).toEqual([]);
  });

  it('has a TLS certificate for its own name, beside that of the SM-DP+', async () => {
    const { pki } = await load(await testPki());
    const { certificate } = pki.smds!.tls;
    expect(certificate.policies).toEqual(['2.23.146.1.2.1.6']);
    expect(certificate.subjectAltName).toMatchObject({ registeredIds: ['2.999.15'] });
    expect(new X509Certificate(certificate.der).checkHost('smds.example.com')).toBe('smds.example.com');
    expect(new X509Certificate(pki.tls.certificate.der).checkHost('smds.example.com')).toBeUndefined();
  });

  it('stays the same from start to start', async () => {
    const folder = await testPki();
    const [first, second] = [await load(folder), await load(folder)];
    expect(second.pki.smds!.tls.cert).toBe(first.pki.smds!.tls.cert);
    expect(second.pki.smds!.identities[0]!.auth.certificate.der).toEqual(
      first.pki.smds!.identities[0]!.auth.certificate.der,
    );
  });

  it('gets a new TLS certificate where the SM-DS has another name, with the same key', async () => {
    const folder = await testPki();
    const { pki: former } = await load(folder);
    const { pki, warnings } = await load(folder, 'other.example.com');
    expect(new X509Certificate(pki.smds!.tls.certificate.der).checkHost('other.example.com')).toBeDefined();
    expect(pki.smds!.tls.key).toBe(former.smds!.tls.key);
    expect(warnings).toEqual([expect.stringContaining('CERT_S_SM_DS_TLS_NIST.der is not for')]);
  });

  it('replaces a TLS certificate that has expired, not that of the SM-DP+', async () => {
    const folder = await testPki();
    await load(folder);
    const { pki } = await load(folder, smdsAddress, new Date(now.getTime() + 500 * day));
    expect(pki.smds!.tls.certificate.notAfter.getTime()).toBeGreaterThan(now.getTime() + 500 * day);
    expect(pki.smds!.tls.certificate.policies).toEqual(['2.23.146.1.2.1.6']);
    expect(pki.tls.certificate.policies).toEqual(['2.23.146.1.2.1.3']);
  });

  it('uses a CERT.DSauth of the folder with its OID, although the key of the CI is not there', async () => {
    const folder = await testPki();
    const { pki: source } = await load(folder);
    const ci = source.smds!.identities[0]!.ci;
    const issued = issueDsAuth({ certificate: ci, key: await ciKey(folder) }, '2.999.15.2', { now });
    await rm(join(folder, 'SK_CI_ECDSA_NIST.pem'));
    await writeFile(join(folder, 'CERT_S_SM_DSauth_ECDSA_NIST.der'), issued.der);
    await writeFile(join(folder, 'SK_S_SM_DSauth_ECDSA_NIST.pem'), privateKeyToPem(issued.key));
    const { pki } = await load(folder);
    expect(pki.smds!.identities[0]!.oid).toBe('2.999.15.2');
    expect(pki.smds!.identities[0]!.auth.certificate.der).toEqual(issued.der);
  });

  it('cannot be had without CERT.DSauth and without the key of any CI', async () => {
    const folder = await testPki();
    for (const curve of ['NIST', 'BRP']) await rm(join(folder, `SK_CI_ECDSA_${curve}.pem`));
    const before = await contents(folder);
    await expect(load(folder)).rejects.toThrow(PkiError);
    await expect(load(folder)).rejects.toThrow(/CERT\.DSauth/);
    expect(await contents(folder)).toEqual(before);
  });

  it('serves TLS under a root of our own where the key of the CI is not there', async () => {
    const folder = await testPki();
    await load(folder);
    for (const curve of ['NIST', 'BRP']) await rm(join(folder, `SK_CI_ECDSA_${curve}.pem`));
    const { pki, warnings } = await load(folder, 'other.example.com');
    const certificate = new X509Certificate(pki.smds!.tls.certificate.der);
    expect(certificate.checkHost('other.example.com')).toBeDefined();
    expect(certificate.verify(new X509Certificate(pki.smds!.tls.ca).publicKey)).toBe(true);
    expect(warnings.join()).toContain('TLS uses CERT_MOCK_TLS_DS_NIST.der instead');
    expect((await load(folder, 'other.example.com')).pki.smds!.tls.cert).toBe(pki.smds!.tls.cert);
  });

  it('selects the identity that the eUICC can verify', async () => {
    const { pki } = await load(await testPki());
    const [nist, brainpool] = pki.trustedCis.map(({ subjectKeyId }) => subjectKeyId!);
    const select = (signing: Buffer[], verification: Buffer[]) =>
      selectIdentity(pki.trustedCis, pki.smds!.identities, signing, verification);
    expect(select([brainpool!], [nist!])).toMatchObject({
      signingCiKeyId: brainpool,
      identity: pki.smds!.identities[0],
    });
    expect(select([nist!], [])).toBe('noIdentity');
    expect(select([], [nist!])).toBe('noSigningCi');
  });
});
