import { X509Certificate } from 'node:crypto';
import { basename } from 'node:path';
import { CertificateError } from './errors.js';
import { issueOperator, issuePrivateCa } from './issue.js';
import type { FoundCredential, Material } from './material.js';
import { keyPurposes } from './oids.js';
import type { CertificateIssuer } from './certificate-issuer.js';

/** The file name of a CA for operators' client certificates. Only the name counts; the certificate may have any extensions. */
const caName = /^CERT_OPERATOR_CA_/;
const clientName = /^CERT_OPERATOR_(?!CA_)/;

/** The CAs that may issue operators' client certificates for ES2+. */
export const operatorCasOf = ({ certificates }: Material): X509Certificate[] =>
  certificates
    .filter(({ file }) => caName.test(basename(file)))
    .map(({ certificate }) => new X509Certificate(certificate.der));

/** Returns a CA for operators' client certificates, with its key. Creates the CA if the folder has none. */
export function ensureOperatorCa(issuer: CertificateIssuer): Promise<FoundCredential> {
  return issuer.ensure(named(issuer, caName), 'OPERATOR_CA_ECDSA_NIST', 'P-256', (changes) =>
    issuePrivateCa('mock-smdp operator CA', changes),
  );
}

/** Issues the CA for operators and the client certificate of one operator, if the folder lacks them. */
export async function ensureOperator(issuer: CertificateIssuer): Promise<void> {
  const ca = await ensureOperatorCa(issuer);
  await issuer.ensure(named(issuer, clientName), 'OPERATOR_ECDSA_NIST', 'P-256', (changes) =>
    issueOperator(ca, 'operator.example.com', changes),
  );
}

const named = ({ material }: CertificateIssuer, pattern: RegExp): FoundCredential[] =>
  material.certificates
    .filter(({ file }) => pattern.test(basename(file)))
    .flatMap((found) => material.credential(found) ?? []);

/** The fingerprint under which a client certificate is registered: SHA-256 of its DER, 64 lower-case hex digits. */
export const fingerprintOf = ({ fingerprint256 }: X509Certificate): string =>
  fingerprint256.replaceAll(':', '').toLowerCase();

/** The common names of the subject. */
export const commonNameOf = (certificate: X509Certificate): readonly string[] =>
  [certificate.toLegacyObject().subject?.CN ?? []].flat();

/** Requires that `now` lies within the validity period. @throws CertificateError notYetValid, expired */
export function requireValidNow({ validFrom, validTo }: X509Certificate, now: Date): void {
  if (now < new Date(validFrom)) throw new CertificateError('notYetValid', `Not valid before ${validFrom}`);
  if (now > new Date(validTo)) throw new CertificateError('expired', `Expired on ${validTo}`);
}

/**
 * Requires that one of `cas` issued the certificate, and that the certificate is for TLS clients.
 *
 * @throws CertificateError issuer, expired, notYetValid, extendedKeyUsage
 */
export function requireClientOf(
  cas: readonly X509Certificate[],
  certificate: X509Certificate,
  now: Date,
): void {
  const ca = cas.find((each) => certificate.checkIssued(each) && certificate.verify(each.publicKey));
  if (!ca || certificate.ca)
    throw new CertificateError(
      'issuer',
      'No operator has registered this certificate, and no operator CA has issued it',
    );
  requireValidNow(ca, now);
  const purposes = certificate.keyUsage as readonly string[] | undefined;
  if (purposes && !purposes.includes(keyPurposes.clientAuth))
    throw new CertificateError('extendedKeyUsage', 'The extended key usage does not include clientAuth');
}
