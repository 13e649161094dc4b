import { sign, verify, type KeyObject } from 'node:crypto';

/** Plain ECDSA signature (r ‖ s, 64 octets) with SHA-256 over the concatenation of `data` (SGP.22 2.6.7.2). */
export const signOctets = (key: KeyObject, data: readonly Buffer[]): Buffer =>
  sign('sha256', Buffer.concat(data), { key, dsaEncoding: 'ieee-p1363' });

/** Whether `signature` (r ‖ s) over the concatenation of `data` was made with the private half of `key`. */
export const signatureHolds = (key: KeyObject, data: readonly Buffer[], signature: Buffer): boolean =>
  signature.length === 64 &&
  verify('sha256', Buffer.concat(data), { key, dsaEncoding: 'ieee-p1363' }, signature);
