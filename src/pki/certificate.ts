import type { KeyObject } from 'node:crypto';
import { Asn1Error, decode, received } from '../wire/asn1/index.js';
import { distinguishedName, type DistinguishedName } from './distinguished-name.js';
import { CertificateError } from './errors.js';
import { readExtensions, type CertificateExtensions } from './extensions.js';
import type { Curve } from './oids.js';
import { curveOf, importPoint } from './public-key.js';
import { dateFromTime } from './time.js';
import { X509Certificate } from './x509.js';

/** An X.509 v3 certificate, decoded but not verified. */
export interface Certificate extends Readonly<CertificateExtensions> {
  /** The whole certificate, as received. */
  readonly der: Buffer;
  /** The signed part, as received. */
  readonly tbs: Buffer;
  /** Content octets in upper-case hex: `0100`. */
  readonly serialNumber: string;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** If `curve` is supported: 65 octets, `04 || X || Y`. Otherwise the octets of the key. */
  readonly publicPoint: Buffer;
  readonly curve: Curve | 'unsupported';
  /**
   * Imported on first use.
   *
   * @throws CertificateError (curve) if the curve is not supported, or the point is not on the curve
   */
  readonly publicKey: KeyObject;
  /** Dotted OID. SGP.22 uses only ecdsa-with-SHA256. */
  readonly signatureAlgorithm: string;
  /** DER: SEQUENCE { r, s }. */
  readonly signature: Buffer;
}

/**
 * Decodes a certificate in DER, without verifying it. For that, see `chain.ts`.
 *
 * @throws CertificateError (malformed) that names the invalid field
 */
export function parseCertificate(der: Buffer): Certificate {
  try {
    return read(der);
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new CertificateError('malformed', `Certificate cannot be decoded: ${error.message}`, {
      cause: error,
    });
  }
}

function read(der: Buffer): Certificate {
  const { tbsCertificate: tbs, signatureAlgorithm, signatureValue } = decode(X509Certificate, der);
  if (!received(tbs.signature).equals(received(signatureAlgorithm)))
    throw new Asn1Error('differs from the algorithm inside the signed part').within('signatureAlgorithm');
  if (signatureValue.unusedBits !== 0) throw new Asn1Error('has unused bits').within('signatureValue');

  const spki = tbs.subjectPublicKeyInfo;
  const curve = curveOf(spki) ?? 'unsupported';
  const publicPoint = spki.subjectPublicKey.octets;
  return Object.assign(new LazyPublicKey(curve, publicPoint), readExtensions(tbs.extensions), {
    der,
    tbs: received(tbs),
    serialNumber: tbs.serialNumber.toString('hex').toUpperCase(),
    issuer: distinguishedName(tbs.issuer),
    subject: distinguishedName(tbs.subject),
    notBefore: dateFromTime(tbs.validity.notBefore),
    notAfter: dateFromTime(tbs.validity.notAfter),
    signatureAlgorithm: signatureAlgorithm.algorithm,
    signature: signatureValue.octets,
  });
}

/** This is a class because a getter in an object literal would double the cost of decoding. */
class LazyPublicKey implements Pick<Certificate, 'curve' | 'publicPoint' | 'publicKey'> {
  #key: KeyObject | undefined;

  constructor(
    readonly curve: Certificate['curve'],
    readonly publicPoint: Buffer,
  ) {}

  get publicKey(): KeyObject {
    return (this.#key ??= importKey(this.curve, this.publicPoint));
  }
}

function importKey(curve: Certificate['curve'], point: Buffer): KeyObject {
  if (curve === 'unsupported')
    throw new CertificateError('curve', 'Public key is not on P-256 or brainpoolP256r1');
  try {
    return importPoint(curve, point);
  } catch (error) {
    throw new CertificateError('curve', `Public key is not a point on ${curve}`, { cause: error });
  }
}
