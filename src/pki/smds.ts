import type { Certificate } from './certificate.js';
import { serverOid } from './chain.js';
import { PkiError } from './errors.js';
import { usableUnder, type ServerIdentity } from './identities.js';
import { issueDsAuth, testOids } from './issue.js';
import { isIssuedBy, isValidAt } from './material.js';
import type { Curve } from './oids.js';
import { chooseDsTls, type TlsMaterial } from './tls.js';
import { curveTokens, type CertificateIssuer } from './certificate-issuer.js';

/** The certificates and keys of the SM-DS. */
export interface SmdsMaterial {
  /** At least one, P-256 first. */
  readonly identities: readonly ServerIdentity[];
  /** CERT.DS.TLS for the address of the SM-DS. */
  readonly tls: TlsMaterial;
}

/**
 * Issues the missing certificates of the SM-DS under each CI whose private key is in the folder. Then selects the certificates that the
 * SM-DS uses.
 *
 * @throws PkiError if CERT.DSauth is missing, and cannot be issued because the folder has no private key of a CI
 */
export async function smdsMaterial(
  issuer: CertificateIssuer,
  trustedCis: readonly Certificate[],
  address: string,
): Promise<SmdsMaterial> {
  for (const curve of Object.keys(curveTokens) as Curve[]) await completeSmds(issuer, curve);
  const identities = identitiesOf(issuer, trustedCis);
  const [identity] = identities;
  if (!identity)
    throw new PkiError(
      'The PKI folder has no SM-DS identity: add CERT.DSauth under a CI of the folder with its key, or do not set the address of the SM-DS.',
    );
  return { identities, tls: await chooseDsTls(issuer, address, identity.oid) };
}

async function completeSmds(issuer: CertificateIssuer, curve: Curve): Promise<void> {
  const { material } = issuer;
  const cis = material.credentials('ci').filter(({ certificate }) => certificate.curve === curve);
  const ci = issuer.best(cis);
  if (!ci) return;
  const [given] = material.credentials('dsAuth');
  const oid = (given && serverOid(given.certificate)) ?? testOids.smds;
  await issuer.ensure(
    material.credentials('dsAuth').filter(({ certificate }) => isIssuedBy(certificate, ci.certificate)),
    `S_SM_DSauth_ECDSA_${curveTokens[curve]}`,
    curve,
    (changes) => issueDsAuth(ci, oid, changes),
  );
}

/** One identity per CI: the first that is valid now. If none is valid, the first. */
function identitiesOf(
  { material, now, warn }: CertificateIssuer,
  trustedCis: readonly Certificate[],
): ServerIdentity[] {
  const found = material
    .credentials('dsAuth')
    .flatMap((credential) => usableUnder(credential, 'dsAuth', trustedCis, warn) ?? [])
    .sort(
      (a, b) =>
        Number(b.ci.curve === 'P-256') - Number(a.ci.curve === 'P-256') ||
        Number(isValidAt(b.certificate, now)) - Number(isValidAt(a.certificate, now)),
    );
  const identities = new Map<string, ServerIdentity>();
  for (const { ci, oid, certificate, key } of found) {
    const keyId = ci.subjectKeyId!.toString('hex');
    if (!identities.has(keyId)) identities.set(keyId, { ci, oid, auth: { certificate, key } });
  }
  return [...identities.values()];
}
