import { isIP } from 'node:net';
import { X509Certificate } from 'node:crypto';
import type { Certificate } from './certificate.js';

/** Whether a TLS client that connects to `host` accepts this certificate. Only subjectAltName counts, not the common name. */
export function covers(certificate: Certificate, host: string): boolean {
  const native = new X509Certificate(certificate.der);
  return (isIP(host) ? native.checkIP(host) : native.checkHost(host, { subject: 'never' })) !== undefined;
}
