import { sign, verify, type KeyObject } from 'node:crypto';
import type { Certificate } from './certificate.js';
import { algorithms } from './oids.js';

/** Whether a certificate's signature (ECDSA with SHA-256, r and s in DER) was made with the issuer's key. */
export function verifyCertificateSignature(certificate: Certificate, issuerPublicKey: KeyObject): boolean {
  if (certificate.signatureAlgorithm !== algorithms.ecdsaWithSha256) return false;
  return verify('sha256', certificate.tbs, issuerPublicKey, certificate.signature);
}

/** Makes signatures for a server whose private key is not available. */
export interface Signer {
  /** @returns r || s, 64 octets */
  sign(data: Buffer): Buffer;
}

/** A private key, or an object that signs in its place. */
export type SigningKey = KeyObject | Signer;

/**
 * Signs the concatenation of `data` according to SGP.22 2.6.7.2: ECDSA with SHA-256 in the plain format of BSI TR-03111.
 *
 * @returns r || s, 64 octets
 */
export const signPlain = (key: SigningKey, data: readonly Buffer[]): Buffer =>
  'sign' in key ? key.sign(joined(data)) : sign('sha256', joined(data), { key, dsaEncoding: 'ieee-p1363' });

/** Length of a plain signature on a 256-bit curve, in octets. */
const plainLength = 64;

/** Verifies `signature` (r || s, 64 octets) over the concatenation of `data`. */
export const verifyPlain = (publicKey: KeyObject, data: readonly Buffer[], signature: Buffer): boolean =>
  signature.length === plainLength &&
  verify('sha256', joined(data), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);

/** Says why {@link verifyPlain} rejected a signature: the end of a sentence whose subject is the signature. */
export const whyUnverified = (signature: Buffer): string =>
  signature.length === plainLength
    ? 'does not verify'
    : `does not verify: it has ${signature.length} octets instead of the ${plainLength} of r || s${isDer(signature) ? '; it is in DER' : ''}`;

const isDer = (signature: Buffer): boolean => signature[0] === 0x30 && signature[1] === signature.length - 2;

const joined = (data: readonly Buffer[]): Buffer => (data.length === 1 ? data[0]! : Buffer.concat(data));
