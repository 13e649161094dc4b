import { serverOid } from './chain.js';
import { issueCi, issueDpAuth, issueDpPb, issueEuicc, issueEum, testEid, testOids } from './issue.js';
import { isIssuedBy, type FoundCredential } from './material.js';
import { basename } from 'node:path';
import { ensureOperator } from './operators.js';
import type { Curve, Role } from './oids.js';
import { curveTokens, type CertificateIssuer } from './workshop.js';

const curves = Object.keys(curveTokens) as Curve[];

/** Makes a CI for each curve that has none. */
export async function ensureCis(workshop: CertificateIssuer): Promise<void> {
  const { material } = workshop;
  const missing = curves.filter(
    (curve) => !material.withRole('ci').some((ci) => ci.certificate.curve === curve),
  );
  // All keys before the first certificate: `finishCis` then knows what is left to do if the process ends in between.
  for (const curve of missing) await workshop.key(`CI_ECDSA_${curveTokens[curve]}`, curve);
  await finishCis(workshop);
}

/** Issues the certificate of every CI whose key is there without one. */
async function finishCis(workshop: CertificateIssuer): Promise<void> {
  for (const curve of curves) {
    const stem = `CI_ECDSA_${curveTokens[curve]}`;
    const waits = workshop.material.unusedKeys().some(({ file }) => basename(file) === `SK_${stem}.pem`);
    if (waits) await workshop.make(stem, curve, issueCi);
  }
}

/**
 * Issues what is missing below each CI whose key is at hand: EUM, virtual eUICC, CERT.DPauth, CERT.DPpb, and an operator's
 * client certificate. TLS is another matter: see `tls.ts`.
 */
export async function complete(workshop: CertificateIssuer): Promise<void> {
  await finishCis(workshop);
  const { material } = workshop;
  for (const curve of curves) {
    const ci = workshop.best(
      material.credentials('ci').filter(({ certificate }) => certificate.curve === curve),
    );
    if (ci) await completeBelow(workshop, ci, curve);
  }
  // An EUM whose key is published while that of its CI is not.
  if (material.credentials('euicc').length > 0) return;
  const [eum] = material.credentials('eum');
  if (eum && eum.certificate.curve !== 'unsupported') await ensureEuicc(workshop, eum, eum.certificate.curve);
}

async function completeBelow(workshop: CertificateIssuer, ci: FoundCredential, curve: Curve): Promise<void> {
  const { material } = workshop;
  const token = curveTokens[curve];
  const below = (role: Role): FoundCredential[] =>
    material.credentials(role).filter(({ certificate }) => isIssuedBy(certificate, ci.certificate));

  const eum = await workshop.ensure(below('eum'), `EUM_ECDSA_${token}`, curve, (c) => issueEum(ci, c));
  await ensureEuicc(workshop, eum, curve);

  const [given] = [...below('dpAuth'), ...below('dpPb')];
  const oid = (given && serverOid(given.certificate)) ?? testOids.smdp;
  const ofThis = (found: FoundCredential): boolean => serverOid(found.certificate) === oid;
  await workshop.ensure(below('dpAuth').filter(ofThis), `S_SM_DPauth_ECDSA_${token}`, curve, (c) =>
    issueDpAuth(ci, oid, c),
  );
  await workshop.ensure(below('dpPb').filter(ofThis), `S_SM_DPpb_ECDSA_${token}`, curve, (c) =>
    issueDpPb(ci, oid, c),
  );
  if (curve === 'P-256') await ensureOperator(workshop);
}

async function ensureEuicc(workshop: CertificateIssuer, eum: FoundCredential, curve: Curve): Promise<void> {
  const found = workshop.material
    .credentials('euicc')
    .filter(({ certificate }) => isIssuedBy(certificate, eum.certificate));
  await workshop.ensure(found, `EUICC_ECDSA_${curveTokens[curve]}`, curve, (c) =>
    issueEuicc(eum, testEid, c),
  );
}
