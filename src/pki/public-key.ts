import { createPublicKey, type KeyObject } from 'node:crypto';
import { decode, encode, objectIdentifier, oidFromOctets, tlvValue, readTlv } from '../wire/asn1/index.js';
import { LeastRecentlyUsed } from '../base/least-recently-used.js';
import { algorithms, curveOids, type Curve } from './oids.js';
import { SubjectPublicKeyInfo } from './x509.js';

const curves = new Map<string, Curve>(Object.entries(curveOids).map(([name, oid]) => [oid, name as Curve]));

/** The curve of a public key, if it is an uncompressed point on a supported curve. */
export function curveOf({ algorithm, subjectPublicKey }: SubjectPublicKeyInfo): Curve | undefined {
  const { octets } = subjectPublicKey;
  const { parameters } = algorithm;
  if (algorithm.algorithm !== algorithms.ecPublicKey || parameters?.[0] !== 0x06) return undefined;
  if (octets.length !== 65 || octets[0] !== 0x04) return undefined;
  return curves.get(oidFromOctets(tlvValue(readTlv(parameters, 0, parameters.length, 'minimal'))));
}

/**
 * Imports a point on P-256. JWK is the fastest way into OpenSSL (half the time of a SubjectPublicKeyInfo), but it does not support
 * brainpool curves.
 *
 * @throws Error if the point is not on the curve
 */
const importP256Point = (point: Buffer): KeyObject =>
  createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.toString('base64url', 1, 33),
      y: point.toString('base64url', 33, 65),
    },
  });

/**
 * Caches keys by curve and point. Every step of a session needs the eUICC's key, and importing it costs as much as verifying a
 * signature.
 */
const imported = new LeastRecentlyUsed<KeyObject>(2048);

/**
 * Imports an uncompressed point.
 *
 * @throws Error if the point is not on the curve
 */
export function importPoint(curve: Curve, point: Buffer): KeyObject {
  const name = curve + point.toString('latin1');
  let key = imported.get(name);
  if (!key)
    imported.set(name, (key = curve === 'P-256' ? importP256Point(point) : importOtherPoint(curve, point)));
  return key;
}

function importOtherPoint(curve: Curve, point: Buffer): KeyObject {
  const spki = encode(SubjectPublicKeyInfo, {
    algorithm: {
      algorithm: algorithms.ecPublicKey,
      parameters: encode(objectIdentifier(), curveOids[curve]),
    },
    subjectPublicKey: { octets: point, unusedBits: 0 },
  });
  return createPublicKey({ key: spki, format: 'der', type: 'spki' });
}

/** Caches exported keys, because exporting a key from OpenSSL costs more than a signature. */
const exported = new WeakMap<KeyObject, Buffer>();

/** The SubjectPublicKeyInfo of a key, in DER. For a private key, the SubjectPublicKeyInfo of the matching public key. */
export function publicKeyInfo(key: KeyObject): Buffer {
  let info = exported.get(key);
  if (!info) {
    const publicKey = key.type === 'private' ? createPublicKey(key) : key;
    exported.set(key, (info = publicKey.export({ type: 'spki', format: 'der' })));
  }
  return info;
}

/** The octets of the bit string in a key's SubjectPublicKeyInfo. For an elliptic-curve key, this is the point. */
export const publicKeyOctets = (key: KeyObject): Buffer =>
  decode(SubjectPublicKeyInfo, publicKeyInfo(key)).subjectPublicKey.octets;
