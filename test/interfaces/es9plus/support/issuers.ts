import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEuiccMaterial, loadTrustedCis, type EuiccMaterial } from '../../../../src/device/index.js';
import {
  issueEuicc,
  issueEum,
  parseCertificate,
  type Credential,
  type Issued,
} from '../../../../src/pki/index.js';
import type { TestSmdp } from '../../../support/smdp.js';

type CurveToken = 'NIST' | 'BRP';

/** A certificate of the server's PKI folder with its key: `CI` or `EUM`. */
export function credentialOf(
  { pkiFolder }: Pick<TestSmdp, 'pkiFolder'>,
  entity: 'CI' | 'EUM',
  curve: CurveToken = 'NIST',
): Credential {
  const read = (name: string): Buffer => readFileSync(join(pkiFolder, name));
  return {
    certificate: parseCertificate(read(`CERT_${entity}_ECDSA_${curve}.der`)),
    key: createPrivateKey(read(`SK_${entity}_ECDSA_${curve}.pem`)),
  };
}

/** An EID of the test EUM's range that no other test has. */
export const newEid = (): string => `8904903277${String(serial++).padStart(22, '0')}`;
let serial = 0;

/** What an eUICC is made of, with certificates as they come: a test may have spoilt them. */
export function materialOf(
  smdp: TestSmdp,
  { eid, euicc, eum }: { eid: string; euicc: Issued; eum: { der: Buffer } },
): EuiccMaterial {
  return {
    eid,
    credentials: [
      {
        ciKeyId: credentialOf(smdp, 'CI').certificate.subjectKeyId!,
        privateKey: euicc.key,
        euiccCertificate: euicc.der,
        eumCertificate: eum.der,
      },
    ],
    trustedCis: loadTrustedCis(smdp.pkiFolder),
  };
}

/** A sound eUICC whose maker is under `ci`, which need not be one that the server trusts. */
export function materialUnder(smdp: TestSmdp, ci: Credential, eid = newEid()): EuiccMaterial {
  const eum = issueEum(ci);
  return materialOf(smdp, { eid, euicc: issueEuicc(eum, eid), eum });
}

/** The PKI folder's own eUICC, which has a certificate on each curve, restricted to one of them. */
export function materialOn(smdp: Pick<TestSmdp, 'pkiFolder'>, curve: CurveToken): EuiccMaterial {
  const { subjectKeyId } = credentialOf(smdp, 'CI', curve).certificate;
  const material = loadEuiccMaterial(smdp.pkiFolder);
  return {
    ...material,
    credentials: material.credentials.filter(({ ciKeyId }) => ciKeyId.equals(subjectKeyId!)),
    trustedCis: material.trustedCis.filter(({ subjectKeyIdentifier }) =>
      subjectKeyIdentifier.equals(subjectKeyId!),
    ),
  };
}
