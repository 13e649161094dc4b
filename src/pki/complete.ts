import { serverOid } from './chain.js';
import { issueCi, issueDpAuth, issueDpPb, issueEuicc, issueEum, testEid, testOids } from './issue.js';
import { isIssuedBy, type FoundCredential } from './material.js';
import { basename } from 'node:path';
import { ensureOperator } from './operators.js';
import type { Curve, Role } from './oids.js';
import { curveTokens, type CertificateIssuer } from './certificate-issuer.js';

const curves = Object.keys(curveTokens) as Curve[];

/** Issues a CI for each curve without one. */
export async function ensureCis(issuer: CertificateIssuer): Promise<void> {
  const { material } = issuer;
  const missing = curves.filter(
    (curve) => !material.withRole('ci').some((ci) => ci.certificate.curve === curve),
  );
  // Make all keys before the first certificate. If the process is killed before the last certificate, a later `finishCis` issues the rest.
  for (const curve of missing) await issuer.key(`CI_ECDSA_${curveTokens[curve]}`, curve);
  await finishCis(issuer);
}

/** Issues the certificate of every CI that has only a key. */
async function finishCis(issuer: CertificateIssuer): Promise<void> {
  for (const curve of curves) {
    const stem = `CI_ECDSA_${curveTokens[curve]}`;
    const waits = issuer.material.unusedKeys().some(({ file }) => basename(file) === `SK_${stem}.pem`);
    if (waits) await issuer.make(stem, curve, issueCi);
  }
}

/**
 * Issues the certificates that are missing under each CI with a private key: EUM, virtual eUICC, CERT.DPauth, CERT.DPpb, and the client
 * certificate of an operator. For TLS certificates, see `tls.ts`.
 */
export async function complete(issuer: CertificateIssuer): Promise<void> {
  await finishCis(issuer);
  const { material } = issuer;
  for (const curve of curves) {
    const ci = issuer.best(
      material.credentials('ci').filter(({ certificate }) => certificate.curve === curve),
    );
    if (ci) await completeBelow(issuer, ci, curve);
  }
  // The private key of an EUM may be in the folder although the private key of its CI is not.
  if (material.credentials('euicc').length > 0) return;
  const [eum] = material.credentials('eum');
  if (eum && eum.certificate.curve !== 'unsupported') await ensureEuicc(issuer, eum, eum.certificate.curve);
}

async function completeBelow(issuer: CertificateIssuer, ci: FoundCredential, curve: Curve): Promise<void> {
  const { material } = issuer;
  const token = curveTokens[curve];
  const below = (role: Role): FoundCredential[] =>
    material.credentials(role).filter(({ certificate }) => isIssuedBy(certificate, ci.certificate));

  const eum = await issuer.ensure(below('eum'), `EUM_ECDSA_${token}`, curve, (c) => issueEum(ci, c));
  await ensureEuicc(issuer, eum, curve);

  const [given] = [...below('dpAuth'), ...below('dpPb')];
  const oid = (given && serverOid(given.certificate)) ?? testOids.smdp;
  const ofThis = (found: FoundCredential): boolean => serverOid(found.certificate) === oid;
  await issuer.ensure(below('dpAuth').filter(ofThis), `S_SM_DPauth_ECDSA_${token}`, curve, (c) =>
    issueDpAuth(ci, oid, c),
  );
  await issuer.ensure(below('dpPb').filter(ofThis), `S_SM_DPpb_ECDSA_${token}`, curve, (c) =>
    issueDpPb(ci, oid, c),
  );
  if (curve === 'P-256') await ensureOperator(issuer);
}

async function ensureEuicc(issuer: CertificateIssuer, eum: FoundCredential, curve: Curve): Promise<void> {
  const found = issuer.material
    .credentials('euicc')
    .filter(({ certificate }) => isIssuedBy(certificate, eum.certificate));
  await issuer.ensure(found, `EUICC_ECDSA_${curveTokens[curve]}`, curve, (c) => issueEuicc(eum, testEid, c));
}
