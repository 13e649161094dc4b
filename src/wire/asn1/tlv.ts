import { Asn1Error } from './errors.js';

/**
 * Permitted encodings of lengths. `minimal` is DER. `definite` also accepts lengths that are longer than necessary, which some eUICCs
 * send. Indefinite lengths are never accepted.
 */
export type LengthRule = 'minimal' | 'definite';

/** One tag-length-value inside `bytes`: [start, valueStart) is the header, [valueStart, end) the value. */
export interface Tlv {
  readonly bytes: Buffer;
  readonly tag: number;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
  readonly lengths: LengthRule;
}

/** The tag in hex, as on the wire: `BF38`. */
export const tagName = (tag: number): string => tag.toString(16).toUpperCase().padStart(2, '0');

/** Reads the header of the TLV at `start`. The TLV must end at or before `limit`. */
export function readTlv(bytes: Buffer, start: number, limit: number, lengths: LengthRule): Tlv {
  let at = start;
  let tag = octetAt(bytes, at++, limit, start);
  // Tag 00 marks the end of a value with indefinite length, which DER does not have.
  if (tag === 0) throw new Asn1Error('has tag 00, which DER does not use', start);
  if ((tag & 0x1f) === 0x1f) {
    let octet = octetAt(bytes, at++, limit, start);
    if ((octet & 0x7f) === 0) throw new Asn1Error('has a tag number with a leading zero', start);
    tag = tag * 256 + octet;
    if (octet & 0x80) {
      octet = octetAt(bytes, at++, limit, start);
      if (octet & 0x80) throw new Asn1Error('has a tag longer than three octets', start);
      tag = tag * 256 + octet;
    } else if (octet < 0x1f) {
      throw new Asn1Error('has a tag that is not in its shortest form', start);
    }
  }

  let length = octetAt(bytes, at++, limit, start);
  if (length === 0x80) throw new Asn1Error('has an indefinite length', start);
  if (length > 0x80) {
    const octets = length - 0x80;
    if (octets > 4) throw new Asn1Error(`has a length field of ${octets} octets`, start);
    length = 0;
    for (let i = 0; i < octets; i++) length = length * 256 + octetAt(bytes, at++, limit, start);
    if (lengths === 'minimal' && lengthOctets(length) !== octets + 1) {
      throw new Asn1Error('has a length that is not in its shortest form', start);
    }
  }
  if (length > limit - at) {
    throw new Asn1Error(`claims ${length} octets, but has only ${limit - at}`, start);
  }
  return { bytes, tag, start, valueStart: at, end: at + length, lengths };
}

/** An octet of the header of the TLV at `start`. */
function octetAt(bytes: Buffer, at: number, limit: number, start: number): number {
  if (at >= limit) throw new Asn1Error('ends in the middle of a TLV header', start);
  return bytes[at]!;
}

/** The TLVs that fill [start, end) exactly. */
export function* readAll(bytes: Buffer, start: number, end: number, lengths: LengthRule): Generator<Tlv> {
  for (let at = start; at < end;) {
    const tlv = readTlv(bytes, at, end, lengths);
    yield tlv;
    at = tlv.end;
  }
}

/** The whole TLV as received, header included. */
export const tlvBytes = (tlv: Tlv): Buffer => tlv.bytes.subarray(tlv.start, tlv.end);

/** The value octets as received. */
export const tlvValue = (tlv: Tlv): Buffer => tlv.bytes.subarray(tlv.valueStart, tlv.end);

const lengthOctets = (length: number): number =>
  length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : length < 0x1000000 ? 4 : 5;

/** Tag and length octets of a TLV whose value has `length` octets. */
export function tlvHeader(tag: number, length: number): Buffer {
  const tagOctets = tag > 0xffff ? 3 : tag > 0xff ? 2 : 1;
  const size = lengthOctets(length);
  const header = Buffer.allocUnsafe(tagOctets + size);
  header.writeUIntBE(tag, 0, tagOctets);
  if (size === 1) {
    header[tagOctets] = length;
  } else {
    header[tagOctets] = 0x80 + size - 1;
    header.writeUIntBE(length, tagOctets + 1, size - 1);
  }
  return header;
}

/** Builds a TLV around the concatenation of `parts`. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  return Buffer.concat([tlvHeader(tag, length), ...parts]);
}
