import {
  any,
  octetString,
  sequence as strictSequence,
  type Fields,
  type Infer,
  type SequenceOptions,
  type SequenceValue,
  type Type,
} from '../asn1/index.js';

/**
 * SEQUENCE in RSPDefinitions. The module is declared `EXTENSIBILITY IMPLIED`, so members of later versions are ignored. Signatures still
 * cover these members, because signatures are verified over the received octets.
 */
export const sequence = <const F extends Fields>(
  fields: F,
  options: SequenceOptions = {},
): Type<SequenceValue<F>> => strictSequence(fields, { extensible: true, ...options });

/** TransactionId ::= OCTET STRING (SIZE(1..16)), always with tag [0]. */
export const TransactionId = octetString(0x80, { min: 1, max: 16 });

/** VersionType ::= OCTET STRING (SIZE(3)): major, minor, revision. */
export const VersionType = (tag: number): Type<Buffer> => octetString(tag, { length: 3 });

/**
 * A signature in plain format (r ‖ s), [APPLICATION 55]. Some later signatures cover the whole TLV, which `received()` returns. SGP.22
 * defines no size here. So a signature that does not have 64 octets can be decoded, but does not verify.
 */
export const Signature = octetString(0x5f37);

/** A one-time public key as an uncompressed point, [APPLICATION 73]. */
export const OneTimePublicKey = octetString(0x5f49, { length: 65 });

/** Iccid ::= [APPLICATION 26] OCTET STRING (SIZE(10)), nibbles swapped. */
export const Iccid = octetString(0x5a, { length: 10 });

/** An X.509 certificate: the complete DER octets as received. */
export const Certificate = any(0x30);

/** SubjectKeyIdentifier ::= OCTET STRING. */
export const SubjectKeyIdentifier = octetString(0x04, { min: 1, max: 64 });
export type SubjectKeyIdentifier = Infer<typeof SubjectKeyIdentifier>;
