import type { Certificate } from './certificate.js';
import type { Material } from './material.js';
import type { Pki } from './pki.js';
import { dayOf } from './certificate-issuer.js';

const notice = 30 * 24 * 3600 * 1000;

/** Warns about each certificate in use that is not valid now, or that expires within thirty days. */
export function warnOfExpiry(pki: Pki, material: Material, now: Date, warn: (text: string) => void): void {
  const inUse = new Set<Certificate>([
    ...pki.trustedCis,
    ...pki.identities.flatMap(({ auth, pb }) => [auth.certificate, pb.certificate]),
    pki.tls.certificate,
    ...(pki.tls.brainpool ? [pki.tls.brainpool.certificate] : []),
    ...(pki.smds
      ? [pki.smds.tls.certificate, ...pki.smds.identities.map(({ auth }) => auth.certificate)]
      : []),
    ...pki.euiccs.flatMap(({ certificate, eum }) => [certificate, eum]),
  ]);
  for (const { file, certificate } of material.certificates) {
    if (!inUse.has(certificate)) continue;
    const end = dayOf(certificate.notAfter);
    if (now > certificate.notAfter) warn(`${file} expired on ${end}: devices will refuse it.`);
    else if (now < certificate.notBefore)
      warn(`${file} is not valid before ${dayOf(certificate.notBefore)}: devices will refuse it.`);
    else if (certificate.notAfter.getTime() - now.getTime() < notice) warn(`${file} expires on ${end}.`);
  }
}
