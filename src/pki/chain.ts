import { isEid } from '../wire/rsp/identifiers.js';
import type { Certificate } from './certificate.js';
import { valuesOf } from './distinguished-name.js';
import { CertificateError } from './errors.js';
import type { KeyUsage } from './extensions.js';
import { attributeOids, roles, type Role } from './oids.js';
import { verifyCertificateSignature } from './signature.js';

/**
 * The individual checks of a certificate chain (SGP.22 4.5.2). Each check that fails throws a {@link CertificateError}.
 *
 * Issuers are identified by key identifier, never by name. The reason is a CI key for which two certificates with different names were
 * published. A client that has the second of them must still accept certificates that were issued under the first name.
 */

/** Requires that the certificate names the issuer's key and is signed with this key. */
export function requireIssuedBy(certificate: Certificate, issuer: Certificate): void {
  if (!issuer.subjectKeyId || !certificate.authorityKeyId?.equals(issuer.subjectKeyId))
    throw new CertificateError(
      'issuer',
      'The authority key identifier is not the key identifier of the issuer',
    );
  if (!verifyCertificateSignature(certificate, issuer.publicKey))
    throw new CertificateError('signature', 'The signature does not verify with the key of the issuer');
}

/** Requires that `now` lies within the validity period. */
export function requireValidAt(certificate: Certificate, now: Date): void {
  if (now < certificate.notBefore)
    throw new CertificateError('notYetValid', `Not valid before ${certificate.notBefore.toISOString()}`);
  if (now > certificate.notAfter)
    throw new CertificateError('expired', `Expired on ${certificate.notAfter.toISOString()}`);
}

/** Whether the certificate policies include the role. */
export const hasRole = (certificate: Certificate, role: Role): boolean =>
  roles[role].some((policy) => certificate.policies.includes(policy));

/** Requires that the certificate policies include the role, in the form of SGP.22 v2 or v3. */
export function requireRole(certificate: Certificate, role: Role): void {
  if (!hasRole(certificate, role))
    throw new CertificateError('role', `The certificate policies do not contain ${roles[role].join(' or ')}`);
}

/** Requires a key usage extension that contains `usage`. */
export function requireKeyUsage(certificate: Certificate, usage: KeyUsage): void {
  if (!certificate.keyUsage?.includes(usage))
    throw new CertificateError('keyUsage', `The key usage does not contain ${usage}`);
}

/** Requires an extended key usage extension that contains the purpose, a dotted OID. */
export function requireKeyPurpose(certificate: Certificate, purpose: string): void {
  if (!certificate.extendedKeyUsage?.includes(purpose))
    throw new CertificateError('extendedKeyUsage', `The extended key usage does not contain ${purpose}`);
}

/** Requires a CA certificate. With `pathLen`, requires exactly this path length constraint. */
export function requireCa(certificate: Certificate, pathLen?: number): void {
  const { basicConstraints } = certificate;
  if (!basicConstraints?.ca)
    throw new CertificateError('basicConstraints', 'The certificate is not a CA certificate');
  if (pathLen !== undefined && basicConstraints.pathLen !== pathLen)
    throw new CertificateError('basicConstraints', `The path length constraint is not ${pathLen}`);
}

/** Requires a certificate that is not a CA certificate. */
export function requireEndEntity(certificate: Certificate): void {
  if (certificate.basicConstraints?.ca)
    throw new CertificateError('basicConstraints', 'The certificate is a CA certificate');
}

/** Requires that all critical extensions are known. */
export function requireKnownExtensions({ unknownCriticalExtensions: unknown }: Certificate): void {
  if (unknown.length > 0)
    throw new CertificateError('unknownExtension', `Unknown critical extension ${unknown.join(', ')}`);
}

/** Requires that the public key is on the same curve as the issuer's key. */
export function requireCurve(certificate: Certificate, curve: Certificate['curve']): void {
  if (certificate.curve !== curve || curve === 'unsupported')
    throw new CertificateError('curve', `The public key is not on the curve of its CI (${curve})`);
  void certificate.publicKey;
}

/**
 * Requires that the EUM certificate states which EIDs the EUM may issue, in a supported form.
 */
export function requireEidRange({ nameConstraints, permittedEins }: Certificate): void {
  if (!nameConstraints && !permittedEins)
    throw new CertificateError('nameConstraints', 'Neither name constraints nor permitted EINs');
  if (!nameConstraints) return;
  const { hasOtherForms, permitted } = nameConstraints;
  if (hasOtherForms || !permitted.some(({ serialNumber }) => serialNumber))
    throw new CertificateError('nameConstraints', 'The name constraints are not those of an EUM');
}

/**
 * Requires that the EUM may issue the EID and the organization of an eUICC certificate. This needs its own check: SGP.22 4.5.2.1.0.2
 * gives the EIDs of an EUM by a prefix, but the name constraints of X.509 cannot express a prefix.
 *
 * @returns the EID, 32 digits
 */
export function requirePermittedEid(euicc: Certificate, eum: Certificate): string {
  const [eid, ...furtherEids] = valuesOf(euicc.subject, attributeOids.serialNumber);
  const [organization, ...furtherOrganizations] = valuesOf(euicc.subject, attributeOids.O);
  if (eid === undefined || furtherEids.length > 0 || !isEid(eid))
    throw new CertificateError('eid', 'The serialNumber of the subject is not an EID of 32 digits');
  if (furtherOrganizations.length > 0)
    throw new CertificateError('nameConstraints', 'The subject names several organizations');

  const { nameConstraints, permittedEins } = eum;
  const insideSubtree = (nameConstraints?.permitted ?? []).some(
    (subtree) =>
      subtree.serialNumber &&
      eid.startsWith(subtree.serialNumber) &&
      (subtree.organization === undefined || subtree.organization === organization),
  );
  const insideEins = (permittedEins ?? []).some((ein) => ein !== '' && eid.startsWith(ein));
  if (
    (nameConstraints && !insideSubtree) ||
    (permittedEins && !insideEins) ||
    !(insideSubtree || insideEins)
  ) {
    const ranges = eidRangesOf(eum);
    throw new CertificateError(
      'nameConstraints',
      ranges.length > 0 && !ranges.some((range) => eid.startsWith(range))
        ? `The EUM may not issue this EID; it may only issue EIDs that begin with ${ranges.join(' or ')}`
        : 'The EUM may not issue this EID or organization',
    );
  }
  return eid;
}

/** The first digits of the EIDs that a manufacturer may issue (SGP.22 4.5.2.1.0.2). Empty if its certificate does not restrict the EIDs. */
export const eidRangesOf = ({ nameConstraints, permittedEins }: Certificate): readonly string[] => [
  ...new Set([
    ...(nameConstraints?.permitted ?? []).flatMap(({ serialNumber }) => serialNumber || []),
    ...(permittedEins ?? []).filter((ein) => ein !== ''),
  ]),
];

/** Makes the checks that are the same for all SM-DP+ and SM-DS certificates. Does not check the issuer or the validity period. */
export function requireServerProfile(certificate: Certificate, role: Role, ci: Certificate): void {
  requireCurve(certificate, ci.curve);
  requireRole(certificate, role);
  requireKeyUsage(certificate, 'digitalSignature');
  requireEndEntity(certificate);
  requireKnownExtensions(certificate);
}

/** OID of the SM-DP+ or SM-DS: the registered id in the certificate's subjectAltName. */
export const serverOid = (certificate: Certificate): string | undefined =>
  certificate.subjectAltName?.registeredIds[0];
