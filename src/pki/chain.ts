import { isEid } from '../wire/rsp/identifiers.js';
import type { Certificate } from './certificate.js';
import { valuesOf } from './distinguished-name.js';
import { CertificateError } from './errors.js';
import type { KeyUsage } from './extensions.js';
import { attributeOids, roles, type Role } from './oids.js';
import { verifyCertificateSignature } from './signature.js';

/**
 * The checks of a certificate chain, one by one (SGP.22 4.5.2). Each raises a {@link CertificateError} or returns.
 *
 * An issuer is known by its key identifier, never by its name: one CI key is published under two names, and
 * certificates issued under the first have to go on working for those who hold the second.
 */

/** The certificate names the issuer's key and is signed with it, on the same curve. */
export function requireIssuedBy(certificate: Certificate, issuer: Certificate): void {
  if (!issuer.subjectKeyId || !certificate.authorityKeyId?.equals(issuer.subjectKeyId))
    throw new CertificateError(
      'issuer',
      'The authority key identifier is not the key identifier of the issuer',
    );
  if (!verifyCertificateSignature(certificate, issuer.publicKey))
    throw new CertificateError('signature', 'The signature is not that of the issuer');
}

/** `now` lies within the period of validity. */
export function requireValidAt(certificate: Certificate, now: Date): void {
  if (now < certificate.notBefore)
    throw new CertificateError('notYetValid', `Not valid before ${certificate.notBefore.toISOString()}`);
  if (now > certificate.notAfter)
    throw new CertificateError('expired', `Expired on ${certificate.notAfter.toISOString()}`);
}

/** Whether one of the certificate policies names the role. */
export const hasRole = (certificate: Certificate, role: Role): boolean =>
  roles[role].some((policy) => certificate.policies.includes(policy));

/** The certificate policies name the role, in the form of SGP.22 v2 or of v3. */
export function requireRole(certificate: Certificate, role: Role): void {
  if (!hasRole(certificate, role))
    throw new CertificateError('role', `The certificate policies do not contain ${roles[role].join(' or ')}`);
}

/** The key usage is stated and contains `usage`. */
export function requireKeyUsage(certificate: Certificate, usage: KeyUsage): void {
  if (!certificate.keyUsage?.includes(usage))
    throw new CertificateError('keyUsage', `The key usage does not contain ${usage}`);
}

/** The extended key usage is stated and contains the purpose, a dotted OID. */
export function requireKeyPurpose(certificate: Certificate, purpose: string): void {
  if (!certificate.extendedKeyUsage?.includes(purpose))
    throw new CertificateError('extendedKeyUsage', `The extended key usage does not contain ${purpose}`);
}

/** A CA; with `pathLen`, one that may have exactly so many CAs below it. */
export function requireCa(certificate: Certificate, pathLen?: number): void {
  const { basicConstraints } = certificate;
  if (!basicConstraints?.ca)
    throw new CertificateError('basicConstraints', 'The certificate is not that of a CA');
  if (pathLen !== undefined && basicConstraints.pathLen !== pathLen)
    throw new CertificateError('basicConstraints', `The path length constraint is not ${pathLen}`);
}

/** Not a CA. */
export function requireEndEntity(certificate: Certificate): void {
  if (certificate.basicConstraints?.ca)
    throw new CertificateError('basicConstraints', 'The certificate is that of a CA');
}

/** No critical extension that this product does not know. */
export function requireKnownExtensions({ unknownCriticalExtensions: unknown }: Certificate): void {
  if (unknown.length > 0)
    throw new CertificateError('unknownExtension', `Unknown critical extension ${unknown.join(', ')}`);
}

/** The public key is a point on the same curve as the issuer's. */
export function requireCurve(certificate: Certificate, curve: Certificate['curve']): void {
  if (certificate.curve !== curve || curve === 'unsupported')
    throw new CertificateError('curve', `The public key is not on the curve of its CI (${curve})`);
  void certificate.publicKey;
}

/** The EUM certificate says which EIDs it may issue, and says it in a form that is understood in full. */
export function requireEidRange({ nameConstraints, permittedEins }: Certificate): void {
  if (!nameConstraints && !permittedEins)
    throw new CertificateError('nameConstraints', 'Neither name constraints nor permitted EINs');
  if (!nameConstraints) return;
  const { hasOtherForms, permitted } = nameConstraints;
  if (hasOtherForms || !permitted.some(({ serialNumber }) => serialNumber))
    throw new CertificateError('nameConstraints', 'The name constraints are not those of an EUM');
}

/**
 * The EID of an eUICC certificate: 32 digits that, with the organization, lie inside what the EUM may issue. The
 * prefix rule of SGP.22 4.5.2.1.0.2 is not that of X.509 name constraints, hence the check of our own.
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
        ? `EID lies outside what the EUM may issue: EIDs that begin with ${ranges.join(' or ')}`
        : 'EID or organization lies outside what the EUM may issue',
    );
  }
  return eid;
}

/** First digits of the EIDs that a manufacturer may issue (SGP.22 4.5.2.1.0.2); none: its certificate names none. */
export const eidRangesOf = ({ nameConstraints, permittedEins }: Certificate): readonly string[] => [
  ...new Set([
    ...(nameConstraints?.permitted ?? []).flatMap(({ serialNumber }) => serialNumber || []),
    ...(permittedEins ?? []).filter((ein) => ein !== ''),
  ]),
];

/** The profile that all SM-DP+ and SM-DS certificates share, beside the issuer and the period of validity. */
export function requireServerProfile(certificate: Certificate, role: Role, ci: Certificate): void {
  requireCurve(certificate, ci.curve);
  requireRole(certificate, role);
  requireKeyUsage(certificate, 'digitalSignature');
  requireEndEntity(certificate);
  requireKnownExtensions(certificate);
}

/** The OID of the SM-DP+ or SM-DS that a certificate belongs to: the registered id in its subjectAltName. */
export const serverOid = (certificate: Certificate): string | undefined =>
  certificate.subjectAltName?.registeredIds[0];
