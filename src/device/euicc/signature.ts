import { sign, verify, type KeyObject } from 'node:crypto';

/** Signs the concatenation of `data` with ECDSA and SHA-256: r ‖ s, 64 octets (SGP.22 2.6.7.2). */
export const signOctets = (key: KeyObject, data: readonly Buffer[]): Buffer =>
  sign('sha256', Buffer.concat(data), { key, dsaEncoding: 'ieee-p1363' });

/** Verifies a signature (r ‖ s, 64 octets) over the concatenation of `data` with a public key. */
export const signatureHolds = (key: KeyObject, data: readonly Buffer[], signature: Buffer): boolean =>
  signature.length === 64 &&
  verify('sha256', Buffer.concat(data), { key, dsaEncoding: 'ieee-p1363' }, signature);
