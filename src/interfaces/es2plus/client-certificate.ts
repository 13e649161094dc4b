import type { X509Certificate } from 'node:crypto';
import { commonNameOf, fingerprintOf, requireClientOf, requireValidNow } from '../../pki/index.js';
import type { Operator } from '../../store/index.js';
import type { Es2PlusContext } from './context.js';

/**
 * Returns the functionRequesterIdentifiers that a client may use: the identifiers of the operators that have registered
 * its certificate. If no operator has registered the certificate, a CA of operators must have issued it. The identifier
 * is then the common name in the certificate.
 *
 * @throws CertificateError with the problem expired, notYetValid, issuer, signature or extendedKeyUsage
 */
export async function identifiersFor(
  certificate: X509Certificate,
  { store, clock, operatorCas }: Es2PlusContext,
): Promise<ReadonlySet<string>> {
  const now = clock.now();
  const fingerprint = fingerprintOf(certificate);
  const registered = (await store.operators()).filter(({ certificates }) =>
    certificates.includes(fingerprint),
  );
  const lenient = registered.filter(({ expiredCertificates }) => expiredCertificates);
  if (lenient.length > 0 && now > new Date(certificate.validTo)) return identifiersOf(lenient);
  requireValidNow(certificate, now);
  if (registered.length > 0) return identifiersOf(registered);
  requireClientOf(operatorCas, certificate, now);
  return new Set(commonNameOf(certificate));
}

const identifiersOf = (operators: readonly Operator[]): ReadonlySet<string> =>
  new Set(operators.map(({ identifier }) => identifier));
