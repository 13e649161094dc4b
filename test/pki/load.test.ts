import { cpSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  certificateToPem,
  createTestPki,
  issueCi,
  issueDpAuth,
  issueDpPb,
  issueEum,
  keyIdentifier,
  loadPki,
  privateKeyToPem,
  write,
  type Credential,
} from '../../src/pki/index.js';
import { hasShared, sharedPath } from '../support/shared.js';
import { loading, now, temporaryFolder } from './support.js';
import { zipOf } from './zip.js';

async function load(folder: string, address?: string) {
  const { options, warnings } = loading(address);
  return { pki: await loadPki(folder, options), warnings };
}

async function testPki(): Promise<string> {
  const folder = await temporaryFolder();
  await createTestPki(folder, loading().options);
  return folder;
}

/** Writes a credential under SGP.26 names. */
async function put(folder: string, stem: string, { certificate, key }: Credential): Promise<void> {
  await writeFile(join(folder, `CERT_${stem}.der`), certificate.der);
  await writeFile(join(folder, `SK_${stem}.pem`), privateKeyToPem(key));
}

/** A folder as a lab has it: a CI without its key, and the given SM-DP+ entities under it. */
async function labFolder(entities: Record<string, string>): Promise<{ folder: string; ci: Credential }> {
  const folder = await temporaryFolder();
  const ci = issueCi({ now });
  await writeFile(join(folder, 'CERT_CI_ECDSA_NIST.der'), ci.certificate.der);
  for (const [entity, oid] of Object.entries(entities)) {
    await put(folder, `S_${entity}auth_ECDSA_NIST`, issueDpAuth(ci, oid, { now }));
    await put(folder, `S_${entity}pb_ECDSA_NIST`, issueDpPb(ci, oid, { now }));
  }
  return { folder, ci };
}

describe.skipIf(!hasShared)('the published SGP.26 folder (skipped where that material is absent)', () => {
  async function published(): Promise<string> {
    const folder = await temporaryFolder();
    cpSync(sharedPath('sgp26'), folder, { recursive: true });
    return folder;
  }

  it('loads: two names of one CI key, both curves, the first SM-DP+', async () => {
    const { pki } = await load(await published());
    expect(pki.trustedCis).toHaveLength(3);
    expect(new Set(pki.trustedCis.map((ci) => ci.subjectKeyId!.toString('hex').slice(0, 8)))).toEqual(
      new Set(['f54172bd', 'c0bc70ba']),
    );
    expect(pki.identityUnder(pki.identities[0]!.ci.subjectKeyId!)?.oid).toBe('2.999.10');
    expect(new Set(pki.identities.map(({ ci }) => ci.curve))).toEqual(new Set(['P-256', 'brainpoolP256r1']));
    for (const { ci, auth, pb } of pki.identities) {
      expect(ci.subject.der).toEqual(auth.certificate.issuer.der);
      expect(keyIdentifier(auth.key)).toEqual(auth.certificate.subjectKeyId);
      expect(keyIdentifier(pb.key)).toEqual(pb.certificate.subjectKeyId);
    }
  });

  it('has an eUICC whose EUM was issued under the other name of the CI', async () => {
    const { pki } = await load(await published());
    const { certificate, eum } = pki.euicc!;
    const sessionCiKeyId = eum.authorityKeyId!;
    const chain = { euiccCertificate: certificate.der, eumCertificate: eum.der, sessionCiKeyId, now };
    expect(pki.verifyEuicc(chain).eid).toBe('89049032123451234512345678901235');
  });

  it('bridges the TLS certificate that has expired, says so, and keeps the bridge', async () => {
    const folder = await published();
    const first = await load(folder);
    const warning =
      /CERT_S_SM_DP_TLS_NIST\.der expired on 2026-08-02.*clients must trust CERT_MOCK_TLS_CA_NIST\.der/;
    expect(first.warnings).toEqual([
      expect.stringMatching(warning),
      expect.stringMatching(/^No private key of a CI/),
    ]);
    const names = first.pki.tls.certificate.subjectAltName?.dnsNames;
    expect(names).toEqual(['localhost', 'testsmdpplus1.example.com']);
    const second = await load(folder);
    expect(second.warnings).toEqual(first.warnings);
    expect(second.pki.tls).toEqual(first.pki.tls);
  });

  it('serves the published TLS certificate while it is valid and for the address', async () => {
    const { options, warnings } = loading('testsmdpplus1.example.com', new Date('2026-01-01'));
    const { tls, trustedCis } = await loadPki(await published(), options);
    expect(tls.certificate.serialNumber).toBe('09');
    expect(tls.ca).toBe(
      certificateToPem(trustedCis.find(({ subject }) => subject.text.startsWith('CN=Test'))!),
    );
    expect(tls.brainpool?.certificate.curve).toBe('brainpoolP256r1');
    expect(warnings.filter((text) => text.includes('MOCK'))).toEqual([]);
  });

  it('takes the SM-DP+ whose TLS certificate is for the address', async () => {
    const { pki } = await load(await published(), 'TestSMDPplus2.example.com:8443');
    for (const ci of new Set(pki.identities.map((identity) => identity.ci)))
      expect(pki.identityUnder(ci.subjectKeyId!)?.oid).toBe('2.999.12');
  });
});

describe('a PKI folder', () => {
  it('may hold PEM certificates, PKCS #8 keys and v3 names', async () => {
    const { folder, ci } = await labFolder({});
    const [auth, pb] = [issueDpAuth(ci, '2.999.10', { now }), issueDpPb(ci, '2.999.10', { now })];
    for (const [name, { certificate, key }] of Object.entries({ auth, pb })) {
      await writeFile(
        join(folder, `CERT_S_SM_DP${name}_VARO_SIG_NIST.pem`),
        `text\n${certificateToPem(certificate)}`,
      );
      await writeFile(
        join(folder, `SK_S_SM_DP${name}_VARO_SIG_NIST.pem`),
        key.export({ type: 'pkcs8', format: 'pem' }),
      );
    }
    expect((await load(folder)).pki.identities).toHaveLength(1);
  });

  it('may be a zip file, or hold one', async () => {
    const source = await testPki();
    const files: Record<string, Buffer> = {};
    for (const file of readdirSync(source)) files[`certs/${file}`] = await readFile(join(source, file));
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'pki.zip'), zipOf(files));
    for (const path of [folder, join(folder, 'pki.zip')]) {
      const { pki, warnings } = await load(path);
      expect(pki.identities).toHaveLength(2);
      expect(warnings).toEqual([]);
    }
    await writeFile(join(folder, 'pki.zip'), Buffer.from('not a zip file'));
    await expect(load(folder)).rejects.toThrow(/pki\.zip is neither/);
  });

  it('works where it cannot be written to, and says that what was made will be gone', async () => {
    const { folder } = await labFolder({ SM_DP: '2.999.10' });
    const files: Record<string, Buffer> = {};
    for (const file of readdirSync(folder)) files[file] = await readFile(join(folder, file));
    const archive = join(await temporaryFolder(), 'lab.zip');
    await writeFile(archive, zipOf(files));
    const { pki, warnings } = await load(archive);
    expect(pki.tls.certificate.subjectAltName?.dnsNames).toContain('localhost');
    expect(warnings).toContainEqual(expect.stringContaining('lab.zip is not writable'));
  });

  it('takes SM_DP before SM_DP2', async () => {
    const { folder } = await labFolder({ SM_DP2: '2.999.12', SM_DP: '2.999.10' });
    expect((await load(folder)).pki.identities.map(({ oid }) => oid)).toEqual(['2.999.10', '2.999.12']);
  });

  it('never pairs certificates of two owners', async () => {
    const { folder, ci } = await labFolder({});
    await put(folder, 'S_SM_DPauth_ECDSA_NIST', issueDpAuth(ci, '2.999.10', { now }));
    await put(folder, 'S_SM_DPpb_ECDSA_NIST', issueDpPb(ci, '2.999.12', { now }));
    await expect(load(folder)).rejects.toThrow(/no SM-DP\+ identity/);
  });

  it.each([
    ['a forged signature', { forged: true }, 'it was not issued by a CI of the folder'],
    ['no key usage', { extensions: { keyUsage: null } }, 'key usage'],
    ['a CA flag', { extensions: { basicConstraints: write.basicConstraints(true) } }, 'is a CA certificate'],
    ['no OID', { extensions: { subjectAltName: null } }, 'registered id'],
  ])('passes over a CERT.DPauth with %s, and says why', async (_, changes, reason) => {
    const { folder, ci } = await labFolder({ SM_DP: '2.999.10' });
    await put(folder, 'S_SM_DP2auth_ECDSA_NIST', issueDpAuth(ci, '2.999.12', { now, ...changes }));
    const { pki, warnings } = await load(folder);
    expect(pki.identities).toHaveLength(1);
    expect(warnings).toContainEqual(expect.stringMatching(new RegExp(`SM_DP2auth.*${reason}`)));
  });

  it('passes over what SGP.26 publishes as broken', async () => {
    const { folder } = await labFolder({ SM_DP: '2.999.10' });
    await writeFile(join(folder, 'CERT_S_SM_DP_TLS_INV_SIGN_VARO.der'), 'broken');
    expect((await load(folder)).pki.identities).toHaveLength(1);
  });

  it('passes over a CI that is not signed with its own key', async () => {
    const { folder } = await labFolder({ SM_DP: '2.999.10' });
    await writeFile(join(folder, 'CERT_CI_OTHER.der'), issueCi({ now, forged: true }).der);
    const { pki, warnings } = await load(folder);
    expect(pki.trustedCis).toHaveLength(1);
    expect(warnings).toContainEqual(expect.stringMatching(/CERT_CI_OTHER\.der is not used as a CI/));
  });

  it('names a key that fits no certificate', async () => {
    const { folder } = await labFolder({ SM_DP: '2.999.10' });
    await writeFile(join(folder, 'SK_STRAY.pem'), privateKeyToPem(issueCi().key));
    expect((await load(folder)).warnings).toContainEqual(
      expect.stringMatching(/^SK_STRAY\.pem is not used: it matches no certificate/),
    );
  });

  it('names a certificate in use that has expired', async () => {
    const { folder, ci } = await labFolder({});
    const past = { notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') };
    await put(folder, 'S_SM_DPauth_ECDSA_NIST', issueDpAuth(ci, '2.999.10', past));
    await put(folder, 'S_SM_DPpb_ECDSA_NIST', issueDpPb(ci, '2.999.10', { now }));
    expect((await load(folder)).warnings).toContainEqual(
      'CERT_S_SM_DPauth_ECDSA_NIST.der expired on 2021-01-01: devices will refuse it.',
    );
  });

  it('gives an eUICC of an EUM whose key is there while that of the CI is not', async () => {
    const { folder, ci } = await labFolder({ SM_DP: '2.999.10' });
    await put(folder, 'EUM_ECDSA_NIST', issueEum(ci, { now }));
    const { pki } = await load(folder);
    expect(pki.euicc?.ci.subjectKeyId).toEqual(ci.certificate.subjectKeyId);
  });

  it('is refused when it is empty, or has nothing but a CI', async () => {
    await expect(load(await temporaryFolder())).rejects.toThrow(/no CI certificate/);
    await expect(load((await labFolder({})).folder)).rejects.toThrow(/no SM-DP\+ identity/);
  });

  it.each([
    ['RSP2 Root CI1', '81370F5125D0B1D408D4C3B232E6D25E795BEBFB'],
    ['OISTE GSMA CI G1', '4C27967AD20C14B391E9601E41E604AD57C0222F'],
  ])('is refused when it holds an SM-DP+ certificate of the production CI %s', async (name, ciKeyId) => {
    const { folder, ci } = await labFolder({ SM_DP: '2.999.10' });
    const keyId = Buffer.from(ciKeyId, 'hex');
    const live = issueDpAuth(ci, '2.999.12', {
      now,
      extensions: { authorityKeyId: write.authorityKeyId(keyId) },
    });
    await writeFile(join(folder, 'CERT_LIVE.der'), live.der);
    await expect(load(folder)).rejects.toThrow(/CERT_LIVE\.der was issued by the production CI/);
    await expect(load(folder)).rejects.toThrow(name);
  });

  it('keeps trusting a CI after its key was taken out', async () => {
    const folder = await testPki();
    const before = (await load(folder)).pki;
    await rm(join(folder, 'SK_CI_ECDSA_NIST.pem'));
    const { pki, warnings } = await load(folder);
    expect(pki.tls.cert).toBe(before.tls.cert);
    expect(warnings).toEqual([]);
  });
});
