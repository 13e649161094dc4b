import { isIP } from 'node:net';
import { X509Certificate } from 'node:crypto';
import type { Certificate } from './certificate.js';

/** Whether a TLS client that asks for `host` takes the certificate for it, going by subjectAltName alone. */
export function covers(certificate: Certificate, host: string): boolean {
  const native = new X509Certificate(certificate.der);
  return (isIP(host) ? native.checkIP(host) : native.checkHost(host, { subject: 'never' })) !== undefined;
}
