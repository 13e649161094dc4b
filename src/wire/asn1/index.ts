/**
 * A small schema language for DER.
 *
 * A message is declared once, as a value. Its TypeScript type ({@link Infer}) and its codec ({@link decode}, {@link encode}) are derived
 * from this value. Tags are written as on the wire: `0x80`, `0xBF38`.
 */
export { Asn1Error } from './errors.js';
export { bits, bitString, hasBit, setBits, type BitString } from './bit-string.js';
export {
  any,
  boolean,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  oidFromOctets,
  oidToOctets,
  utf8String,
  type Size,
} from './primitives.js';
export {
  choice,
  explicit,
  optional,
  sequence,
  sequenceOf,
  type Fields,
  type SequenceOptions,
  type SequenceValue,
} from './structures.js';
export { decode, encode, received, type DecodeOptions, type Infer, type Type } from './type.js';
export {
  readAll,
  readTlv,
  tagName,
  tlv,
  tlvBytes,
  tlvHeader,
  tlvValue,
  type LengthRule,
  type Tlv,
} from './tlv.js';
