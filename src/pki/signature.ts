import { sign, verify, type KeyObject } from 'node:crypto';
import type { Certificate } from './certificate.js';
import { algorithms } from './oids.js';

/** Whether a certificate's signature (ECDSA with SHA-256, r and s in DER) was made with the issuer's key. */
export function verifyCertificateSignature(certificate: Certificate, issuerPublicKey: KeyObject): boolean {
  if (certificate.signatureAlgorithm !== algorithms.ecdsaWithSha256) return false;
  return verify('sha256', certificate.tbs, issuerPublicKey, certificate.signature);
}

/** What signs in the place of a private key that is not at hand. */
export interface Signer {
  /** @returns r || s, 64 octets */
  sign(data: Buffer): Buffer;
}

/** A private key, or what stands for it. */
export type SigningKey = KeyObject | Signer;

/**
 * Signs the concatenation of `data` as SGP.22 2.6.7.2 wants it: ECDSA with SHA-256 in the plain format of BSI TR-03111.
 *
 * @returns r || s, 64 octets
 */
export const signPlain = (key: SigningKey, data: readonly Buffer[]): Buffer =>
  'sign' in key ? key.sign(joined(data)) : sign('sha256', joined(data), { key, dsaEncoding: 'ieee-p1363' });

/** Octets of a signature in plain format on a curve of 256 bits. */
const plainLength = 64;

/** Whether `signature`, r || s in 64 octets, is a signature over the concatenation of `data`. */
export const verifyPlain = (publicKey: KeyObject, data: readonly Buffer[], signature: Buffer): boolean =>
  signature.length === plainLength &&
  verify('sha256', joined(data), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);

/** What is wrong with a signature that {@link verifyPlain} has not accepted, to follow its name. */
export const whyUnverified = (signature: Buffer): string =>
  signature.length === plainLength
    ? 'does not verify'
    : `does not verify: it has ${signature.length} octets instead of the ${plainLength} of r || s${isDer(signature) ? '; it is in DER' : ''}`;

const isDer = (signature: Buffer): boolean => signature[0] === 0x30 && signature[1] === signature.length - 2;

const joined = (data: readonly Buffer[]): Buffer => (data.length === 1 ? data[0]! : Buffer.concat(data));
