import type { X509Certificate } from 'node:crypto';
import { commonNameOf, fingerprintOf, requireClientOf, requireValidNow } from '../../pki/index.js';
import type { Es2PlusContext } from './context.js';

/**
 * The functionRequesterIdentifiers that a client certificate is for: the operators that have registered it. A certificate that
 * nobody has registered, but that one of the operator CAs has issued, is for the operator in its common name.
 *
 * @throws CertificateError expired, notYetValid, issuer, signature, extendedKeyUsage
 */
export async function identifiersFor(
  certificate: X509Certificate,
  { store, clock, operatorCas }: Es2PlusContext,
): Promise<ReadonlySet<string>> {
  const now = clock.now();
  requireValidNow(certificate, now);
  const fingerprint = fingerprintOf(certificate);
  const registered = (await store.operators())
    .filter(({ certificates }) => certificates.includes(fingerprint))
    .map(({ identifier }) => identifier);
  if (registered.length > 0) return new Set(registered);
  requireClientOf(operatorCas, certificate, now);
  return new Set(commonNameOf(certificate));
}
