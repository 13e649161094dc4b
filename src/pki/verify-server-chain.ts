import type { X509Certificate } from 'node:crypto';
import { parseCertificate, type Certificate } from './certificate.js';
import * as chain from './chain.js';
import { CertificateError } from './errors.js';
import { isIssuedBy } from './material.js';
import type { Role } from './oids.js';
import type { Revocations } from './revocations.js';

export interface ServerChain {
  /** In DER: the server's certificate, followed by the CAs that it sent, in any order. */
  readonly presented: readonly Buffer[];
  /** The certificate must have one of these roles. */
  readonly roles: readonly [Role, ...Role[]];
  /** The purpose of the certificate: a dotted OID of `keyPurposes`. */
  readonly purpose: string;
  readonly trustedCis: readonly Certificate[];
  readonly revocations: Revocations;
  readonly now: Date;
}

/** Maximum number of CAs between CI and server. SGP.22 v3 has two: a SubCA of the CI and a SubCA of the server. */
const maxCas = 2;

/**
 * Verifies the TLS certificate of an SM-DP+ or SM-DS up to a trusted CI (SGP.22 4.5.2.1, 5.9).
 *
 * @throws CertificateError
 */
export function verifyServerChain({
  presented,
  roles,
  purpose,
  trustedCis,
  revocations,
  now,
}: ServerChain): Certificate {
  const [server, ...cas] = presented.slice(0, 1 + maxCas).map(parseCertificate);
  if (!server) throw new CertificateError('issuer', 'There is no certificate');
  const ci = ciAbove(server, cas, trustedCis, revocations, now);
  chain.requireValidAt(server, now);
  const role = roles.find((candidate) => chain.hasRole(server, candidate)) ?? roles[0];
  chain.requireServerProfile(server, role, ci);
  chain.requireKeyPurpose(server, purpose);
  if (revocations.has(server)) throw new CertificateError('revoked', 'Revoked by its CI');
  return server;
}

/** Finds the trusted CI above `server`, through the CAs in between. */
function ciAbove(
  server: Certificate,
  cas: readonly Certificate[],
  trustedCis: readonly Certificate[],
  revocations: Revocations,
  now: Date,
): Certificate {
  let last = server;
  for (let above = 0; above <= cas.length; above++) {
    const ci = trustedCis.find((candidate) => isIssuedBy(last, candidate));
    if (ci) return ci;
    const ca = cas.find((candidate) => isIssuedBy(last, candidate));
    if (!ca) break;
    chain.requireCa(ca);
    chain.requireKeyUsage(ca, 'keyCertSign');
    chain.requireValidAt(ca, now);
    if (revocations.has(ca)) throw new CertificateError('revoked', 'Its issuer was revoked by the CI');
    last = ca;
  }
  throw new CertificateError('issuer', 'Not issued under a trusted CI');
}

/** The chain that a TLS peer presented, in DER: its certificate and the CAs sent with it. */
export function presentedChain(certificate: X509Certificate): Buffer[] {
  const shown: Buffer[] = [];
  let next: X509Certificate | undefined = certificate;
  while (next && shown.length <= maxCas) {
    shown.push(next.raw);
    next = next.issuerCertificate;
  }
  return shown;
}
