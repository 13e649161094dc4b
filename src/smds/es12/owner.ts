import type { X509Certificate } from 'node:crypto';
import { CertificateError, keyPurposes, presentedChain, serverOid } from '../../pki/index.js';
import type { Es12Context } from './context.js';

/**
 * The OID in the client certificate of an SM-DP+, or of an SM-DS that forwards an event (SGP.22 5.9).
 *
 * @throws CertificateError if the certificate does not belong to an SM-DP+ or SM-DS under a trusted CI, or is not valid
 * now
 */
export function ownerOf(certificate: X509Certificate, { pki, clock }: Es12Context): string {
  const verified = pki.verifyServer({
    presented: presentedChain(certificate),
    roles: ['dpTls', 'dsTls'],
    purpose: keyPurposes.clientAuth,
    now: clock.now(),
  });
  const oid = serverOid(verified);
  if (oid === undefined)
    throw new CertificateError(
      'role',
      'The certificate has no registered id, which is the OID of its server',
    );
  return oid;
}
