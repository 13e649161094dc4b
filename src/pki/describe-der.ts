import { Asn1Error, readAll, readTlv, tlvValue, type Tlv } from '../wire/asn1/index.js';

/** Detects DER files that are not certificates by their outermost elements. */

/** PKCS #8 EncryptedPrivateKeyInfo: SEQUENCE { AlgorithmIdentifier, OCTET STRING }. */
export const isEncryptedKey = (der: Buffer): boolean => hasShape(childrenOf(der), [0x30, 0x04]);

/** SubjectPublicKeyInfo: SEQUENCE { AlgorithmIdentifier, BIT STRING }. */
export const isPublicKey = (der: Buffer): boolean => hasShape(childrenOf(der), [0x30, 0x03]);

/** The type of a DER file that is not a certificate. `undefined` if it may be a damaged certificate. */
export function describeDer(der: Buffer): string | undefined {
  const outer = childrenOf(der);
  if (!outer) return undefined;
  const [first] = outer;
  if (first?.tag === 0x02 && tlvValue(first).equals(Buffer.of(3)))
    return 'is a PKCS #12 file, which is not read: extract certificate and key with openssl pkcs12';
  if (first?.tag === 0x06)
    return 'is a PKCS #7 file, which is not read: extract the certificates with openssl pkcs7';
  if (!hasShape(outer, [0x30, 0x30, 0x03])) return 'is not a certificate, key or CRL';
  const [version] = childrenOf(der.subarray(first!.start, first!.end)) ?? [];
  return version?.tag === 0x02 && tlvValue(version).equals(Buffer.of(0))
    ? 'is a certificate request, not a certificate'
    : undefined;
}

const hasShape = (found: readonly Tlv[] | undefined, tags: readonly number[]): boolean =>
  found?.length === tags.length && found.every(({ tag }, index) => tag === tags[index]);

/** The elements of a SEQUENCE. `undefined` if it is malformed. */
function childrenOf(der: Buffer): Tlv[] | undefined {
  try {
    const outer = readTlv(der, 0, der.length, 'definite');
    return outer.end === der.length ? [...readAll(der, outer.valueStart, outer.end, 'definite')] : undefined;
  } catch (error) {
    if (error instanceof Asn1Error) return undefined;
    throw error;
  }
}
