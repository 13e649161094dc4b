import { X509Certificate, type KeyObject } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  loadEuiccMaterial,
  loadManufacturer,
  manufactureEuicc,
  MaterialError,
  VirtualEuicc,
} from '../../src/device/index.js';
import { issueCi, issueEuicc, issueEum, testEid } from '../../src/pki/index.js';
import { zipOf } from '../pki/zip.js';
import { hasShared, sharedPath } from '../support/shared.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pki-'));
  for (const [curve, name] of [
    ['P-256', 'NIST'],
    ['brainpoolP256r1', 'BRP'],
  ]) {
    const ci = issueCi({ curve: curve! });
    const eum = issueEum(ci);
    const euicc = issueEuicc(eum);
    writeFileSync(join(folder, `CERT_CI_ECDSA_${name}.der`), ci.certificate.der);
    writeFileSync(join(folder, `CERT_EUM_ECDSA_${name}.der`), eum.certificate.der);
    writeFileSync(join(folder, `SK_EUM_ECDSA_${name}.pem`), pem(eum.key));
    const asPem = new X509Certificate(euicc.certificate.der).toString();
    writeFileSync(join(folder, `CERT_EUICC_ECDSA_${name}.pem`), asPem);
    writeFileSync(join(folder, `SK_EUICC_ECDSA_${name}.pem`), pem(euicc.key));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }) as string;

describe('a PKI folder', () => {
  it('holds an eUICC with P-256 first and brainpool second', () => {
    const { eid, credentials, trustedCis } = loadEuiccMaterial(folder);
    expect(eid).toBe(testEid);
    const curves = credentials.map(({ privateKey }) => privateKey.asymmetricKeyDetails?.namedCurve);
    expect(curves).toEqual(['prime256v1', 'brainpoolP256r1']);
    expect(trustedCis.map(({ curve }) => curve)).toEqual(curves);
    expect(credentials[0]!.ciKeyId).toEqual(trustedCis[0]!.subjectKeyIdentifier);
  });

  it('may be nested or zipped', () => {
    const nested = mkdtempSync(join(tmpdir(), 'pki-'));
    try {
      cpSync(folder, join(nested, 'lab', 'keys and certificates'), { recursive: true });
      const files = readdirSync(folder).map(
        (name) => [`lab/${name}`, readFileSync(join(folder, name))] as const,
      );
      const archive = join(nested, 'lab.zip');
      writeFileSync(archive, zipOf(Object.fromEntries(files)));
      const flat = loadEuiccMaterial(folder);
      for (const place of [nested, archive]) {
        const { eid, credentials, trustedCis } = loadEuiccMaterial(place);
        expect(eid).toBe(flat.eid);
        expect(credentials.map(({ euiccCertificate }) => euiccCertificate)).toEqual(
          flat.credentials.map(({ euiccCertificate }) => euiccCertificate),
        );
        expect(trustedCis).toHaveLength(flat.trustedCis.length);
      }
    } finally {
      rmSync(nested, { recursive: true });
    }
  });

  it('that lacks something is refused by name', () => {
    expect(() => loadEuiccMaterial(join(folder, 'nowhere'))).toThrow(/PKI folder .* does not exist/);
    expect(() => loadEuiccMaterial(folder, '8'.repeat(32))).toThrow(MaterialError);
  });

  it.runIf(hasShared)('of SGP.26 is read (skipped where the public test material is absent)', () => {
    const { eid, credentials, trustedCis } = loadEuiccMaterial(sharedPath('sgp26'));
    expect(eid).toBe('89049032123451234512345678901235');
    const nist = 'f54172bdf98a95d65cbeb88a38a1c11d800a85c3';
    expect(credentials.map(({ ciKeyId }) => ciKeyId.toString('hex'))).toEqual([nist]);
    expect(trustedCis.map(({ subjectKeyIdentifier }) => subjectKeyIdentifier.toString('hex'))).toEqual([
      nist,
      'c0bc70ba36929d43b467ff57570530e57ab8fcd8',
    ]);
    expect(() => loadManufacturer(sharedPath('sgp26'))).toThrow(/no manufacturer's key/);
  });
});

describe('a manufacturer', () => {
  it('makes eUICCs with any EID, whose certificates it has signed', () => {
    const manufacturer = loadManufacturer(folder);
    const eid = '89049032000000000000000000000042';
    const material = manufactureEuicc(manufacturer, eid);
    expect(new VirtualEuicc({ material }).eid).toBe(eid);
    const { euiccCertificate, eumCertificate } = material.credentials[0]!;
    const eum = new X509Certificate(eumCertificate);
    expect(new X509Certificate(euiccCertificate).verify(eum.publicKey)).toBe(true);
    expect(new X509Certificate(euiccCertificate).subject).toContain(`serialNumber=${eid}`);
  });

  it('can give many eUICCs one key', () => {
    const manufacturer = loadManufacturer(folder);
    const { privateKey } = manufactureEuicc(manufacturer, testEid).credentials[0]!;
    const another = manufactureEuicc(manufacturer, '8'.repeat(32), privateKey);
    expect(another.credentials[0]!.privateKey).toBe(privateKey);
  });

  it('refuses a malformed EID', () => {
    expect(() => manufactureEuicc(loadManufacturer(folder), '123')).toThrow(/32 digits/);
  });
});
