import { X509Certificate } from 'node:crypto';
import {
  attributeOids,
  CertificateError,
  hasRole,
  requireIssuedBy,
  requireValidAt,
  serverOid,
  valuesOf,
  type Certificate,
} from '../../pki/index.js';
import { roleNameOf } from './role-name.js';

/** One certificate of a PKI folder, as `certs list` and `certs show` print it. */
export interface CertificateReport {
  readonly file: string;
  readonly role: string;
  readonly subject: string;
  readonly issuer: string;
  /**
   * File of the issuer's certificate. For a root certificate, this is its own file. Null if the issuer is not in the
   * folder.
   */
  readonly issuedBy: string | null;
  /** Hex. */
  readonly serialNumber: string;
  readonly curve: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Whole days until the certificate expires. Negative if it has expired. */
  readonly daysLeft: number;
  /** OID of the SM-DP+, SM-DS or EUM. */
  readonly oid: string | null;
  readonly eid: string | null;
  /** DNS names and IP addresses. */
  readonly names: readonly string[];
  /** Subject key identifier, hex. */
  readonly keyId: string | null;
  /** File of the private key. Null if the key is not in the folder. */
  readonly keyFile: string | null;
  readonly problems: readonly string[];
}

export interface FoundCertificate {
  readonly file: string;
  readonly certificate: Certificate;
}

/** A file with a private key. */
export interface KeyFile {
  readonly file: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
}

const day = 24 * 3600 * 1000;

/** Describes a certificate, and finds its issuer and key among the other files of the folder. */
export function reportOn(
  { file, certificate }: FoundCertificate,
  others: readonly FoundCertificate[],
  keys: readonly KeyFile[],
  now: Date,
): CertificateReport {
  const native = new X509Certificate(certificate.der);
  const issuer = isSelfSigned(native)
    ? file
    : others.find((candidate) => isIssuedBy(certificate, candidate.certificate))?.file;
  const publicKey = native.publicKey.export({ type: 'spki', format: 'der' });
  return {
    file,
    role: roleNameOf(certificate),
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    issuedBy: issuer ?? null,
    serialNumber: certificate.serialNumber,
    curve: certificate.curve,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    daysLeft: Math.floor((certificate.notAfter.getTime() - now.getTime()) / day),
    oid: serverOid(certificate) ?? null,
    eid: eidOf(certificate),
    names: namesOf(native),
    keyId: certificate.subjectKeyId?.toString('hex') ?? null,
    keyFile: keys.find((key) => key.publicKey.equals(publicKey))?.file ?? null,
    problems: [
      ...validityProblem(certificate, now),
      ...(issuer === undefined ? ['its issuer is not in the folder'] : []),
    ],
  };
}

function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    requireIssuedBy(certificate, issuer);
    return true;
  } catch (error) {
    if (error instanceof CertificateError) return false;
    throw error;
  }
}

const isSelfSigned = (native: X509Certificate): boolean =>
  native.subject === native.issuer && native.verify(native.publicKey);

function validityProblem(certificate: Certificate, now: Date): string[] {
  try {
    requireValidAt(certificate, now);
    return [];
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    return [error.problem === 'expired' ? 'expired' : 'not valid yet'];
  }
}

const eidOf = (certificate: Certificate): string | null =>
  hasRole(certificate, 'euicc') ? (valuesOf(certificate.subject, attributeOids.serialNumber)[0] ?? null) : null;

const namesOf = ({ subjectAltName }: X509Certificate): string[] =>
  [...(subjectAltName ?? '').matchAll(/(?:^|, )(?:DNS|IP Address):([^,"]+)/g)].map(([, name]) => name!);
