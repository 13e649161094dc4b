import { readAll, readTlv, tlvValue, type Tlv } from '../../../src/wire/asn1/index.js';

/** Octets from hex, blanks allowed. */
export const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

/** A TLV in hex around contents in hex, with its own arithmetic: an encoder to check the encoder with. */
export function t(tag: string, ...contents: readonly string[]): string {
  const content = contents.join('').replace(/\s/g, '');
  const length = content.length / 2;
  const digits = length.toString(16).padStart(length > 0xff ? 4 : 2, '0');
  return `${tag}${length < 0x80 ? '' : length <= 0xff ? '81' : '82'}${digits}${content}`.toLowerCase();
}

/** How to write the length of a value. */
export type LengthForm = (length: number) => Buffer;

/** Always four octets of length: the longest form that the definite rule takes. */
export const longLength: LengthForm = (length) => {
  const octets = Buffer.of(0x84, 0, 0, 0, 0);
  octets.writeUInt32BE(length, 1);
  return octets;
};

/** The shortest form. */
export const shortLength: LengthForm = (length) => {
  if (length < 0x80) return Buffer.of(length);
  if (length < 0x100) return Buffer.of(0x81, length);
  return Buffer.of(0x82, length >> 8, length & 0xff);
};

const isConstructed = (tlv: Tlv): boolean => (tlv.bytes[tlv.start]! & 0x20) !== 0;

/** The same TLVs with all their lengths, down to the innermost, written in another form. */
export function withLengths(bytes: Buffer, form: LengthForm): Buffer {
  const parts = [...readAll(bytes, 0, bytes.length, 'definite')].map((tlv) => {
    const value = isConstructed(tlv) ? withLengths(tlvValue(tlv), form) : tlvValue(tlv);
    const tagOctets = (tlv.bytes[tlv.start]! & 0x1f) === 0x1f ? 2 : 1;
    return Buffer.concat([tlv.bytes.subarray(tlv.start, tlv.start + tagOctets), form(value.length), value]);
  });
  return Buffer.concat(parts);
}

/** Positions at which the length of some TLV begins, of the outermost and of every nested one. */
export function lengthPositions(bytes: Buffer, start = 0, end = bytes.length): number[] {
  return [...readAll(bytes, start, end, 'definite')].flatMap((tlv) => {
    const tagOctets = (bytes[tlv.start]! & 0x1f) === 0x1f ? 2 : 1;
    const nested = isConstructed(tlv) ? lengthPositions(bytes, tlv.valueStart, tlv.end) : [];
    return [tlv.start + tagOctets, ...nested];
  });
}

/** Whether `octets` are one whole TLV. */
export const isOneTlv = (octets: Buffer): boolean =>
  readTlv(octets, 0, octets.length, 'definite').end === octets.length;
