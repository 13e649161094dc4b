import { isIP } from 'node:net';
import { X509Certificate } from 'node:crypto';
import type { Certificate } from './certificate.js';

/** The host of `host`, `host:port`, `[v6]` or `[v6]:port`, in lower case and without brackets. */
export function hostOf(address: string): string {
  const bracketed = /^\[([^\]]+)\]/.exec(address);
  if (bracketed) return bracketed[1]!.toLowerCase();
  if (isIP(address)) return address.toLowerCase();
  return address.replace(/:\d*$/, '').toLowerCase();
}

/** Whether a TLS client that asks for `host` takes the certificate for it, going by subjectAltName alone. */
export function covers(certificate: Certificate, host: string): boolean {
  const native = new X509Certificate(certificate.der);
  return (isIP(host) ? native.checkIP(host) : native.checkHost(host, { subject: 'never' })) !== undefined;
}
