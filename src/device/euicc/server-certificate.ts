import type { CardCertificate } from './certificate.js';

/** A CI that the eUICC trusts. */
export type TrustedCi = CardCertificate & { readonly subjectKeyIdentifier: Buffer };

/** OIDs of the policies that give a server certificate its role (id-rspRole, SGP.22 annex H). */
export const serverRoles = {
  dpAuth: '2.23.146.1.2.1.4',
  dpPb: '2.23.146.1.2.1.5',
  dsAuth: '2.23.146.1.2.1.7',
} as const;
export type ServerRole = keyof typeof serverRoles;

export type CertificateProblem = 'invalidCertificate' | 'unsupportedCurve' | 'ciPKUnknown' | 'invalidOid';

/** Raised for a server certificate that the eUICC must not trust. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';

  constructor(
    readonly problem: CertificateProblem,
    message: string,
  ) {
    super(message);
  }
}

const ecdsaWithSha256 = '1.2.840.10045.4.3.2';

/** Finds the CI that `certificate` names as its issuer.
 *
 * @throws CertificateError when the eUICC has no such CI
 */
export function ciOf(certificate: CardCertificate, trusted: readonly TrustedCi[]): TrustedCi {
  const keyId = certificate.authorityKeyIdentifier;
  const ci = keyId && trusted.find((each) => each.subjectKeyIdentifier.equals(keyId));
  if (ci) return ci;
  throw new CertificateError(
    'ciPKUnknown',
    `certificate was issued under CI key ${keyId?.toString('hex') ?? '(none named)'}, which this eUICC does not have`,
  );
}

/**
 * Checks a server certificate that `ci` issued (SGP.22 4.5.2.2, 5.7.13).
 *
 * @param now the time at which the certificate must be valid; `undefined`: the validity period is not checked
 * @returns the role that the certificate allows, and the OID of its owner
 * @throws CertificateError for the first defect
 */
export function checkServerCertificate(
  certificate: CardCertificate,
  { ci, roles, now }: { ci: TrustedCi; roles: readonly ServerRole[]; now: Date | undefined },
): { role: ServerRole; oid: string } {
  const invalid = (message: string): CertificateError => new CertificateError('invalidCertificate', message);

  if (certificate.curve !== ci.curve) {
    throw new CertificateError(
      'unsupportedCurve',
      `the key is on ${certificate.curve}, but the key of its CI is on ${ci.curve}`,
    );
  }
  if (certificate.signatureAlgorithm !== ecdsaWithSha256) {
    throw invalid(`signature algorithm ${certificate.signatureAlgorithm} is not ecdsa-with-SHA256`);
  }
  if (!certificate.x509.verify(ci.publicKey)) throw invalid('it is not signed by the CI');
  if (!certificate.subjectKeyIdentifier) throw invalid('subjectKeyIdentifier is missing');
  if (certificate.unknownCriticalExtensions.length > 0) {
    throw invalid(`unknown critical extension ${certificate.unknownCriticalExtensions.join(', ')}`);
  }
  if (certificate.isCa) throw invalid('it is a CA certificate');
  if (!certificate.signsData) throw invalid('keyUsage lacks digitalSignature');
  if (now && (now < certificate.notBefore || now > certificate.notAfter)) {
    throw invalid(
      `valid from ${certificate.notBefore.toISOString()} to ${certificate.notAfter.toISOString()}, not at ${now.toISOString()}`,
    );
  }
  const role = roles.find((each) => certificate.policies.includes(serverRoles[each]));
  if (!role) throw invalid(`policies ${certificate.policies.join(', ') || '(none)'} are not for this use`);
  const oid = certificate.registeredId;
  if (!oid) throw new CertificateError('invalidOid', 'subjectAltName has no registeredID');
  return { role, oid };
}
