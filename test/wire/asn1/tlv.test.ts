import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  any,
  Asn1Error,
  decode,
  readAll,
  readTlv,
  tagName,
  tlv,
  tlvBytes,
  tlvHeader,
} from '../../../src/wire/asn1/index.js';
import { hex, problemOf } from './support.js';

const read = (text: string, lengths: 'minimal' | 'definite' = 'minimal') => {
  const bytes = hex(text);
  return readTlv(bytes, 0, bytes.length, lengths);
};

describe('the header of a TLV', () => {
  it.each([
    ['80 00', 0x80, 2],
    ['5F 37 01 AA', 0x5f37, 3],
    ['BF 38 00', 0xbf38, 3],
    ['9F 81 01 00', 0x9f8101, 4],
    ['1F 1F 00', 0x1f1f, 3],
    [`04 81 80 ${'00'.repeat(128)}`, 0x04, 3],
    [`04 82 01 00 ${'00'.repeat(256)}`, 0x04, 4],
  ])('of %s is read', (text, tag, valueStart) => {
    const bytes = hex(text);
    expect(read(text)).toMatchObject({ tag, start: 0, valueStart, end: bytes.length });
  });

  it.each([
    ['', 'ends in the middle of a TLV header'],
    ['80', 'ends in the middle of a TLV header'],
    ['5F', 'ends in the middle of a TLV header'],
    ['9F 81', 'ends in the middle of a TLV header'],
    ['04 82 01', 'ends in the middle of a TLV header'],
    ['00 00', 'has tag 00, which DER does not use'],
    ['1F 80 01 00', 'has a tag number with a leading zero'],
    ['1F 00 00', 'has a tag number with a leading zero'],
    ['1F 1E 00', 'has a tag that is not in its shortest form'],
    ['1F 81 81 01 00', 'has a tag longer than three octets'],
    ['30 80 00 00', 'has an indefinite length'],
    ['04 85 00 00 00 00 00', 'has a length field of 5 octets'],
    ['04 FF', 'has a length field of 127 octets'],
    ['04 01', 'claims 1 octets, but has only 0'],
    ['04 84 FF FF FF FF 00', 'claims 4294967295 octets, but has only 1'],
  ])('of %s is refused: it %s', (text, problem) => {
    expect(problemOf(() => read(text))).toBe(problem);
    expect(problemOf(() => read(text, 'definite'))).toBe(problem);
  });

  it.each([
    '04 81 00',
    '04 81 7F' + '00'.repeat(127),
    '04 82 00 80' + '00'.repeat(128),
    '04 84 00 00 00 01 FF',
  ])('of %s is longer than it needs to be, which only the definite rule takes', (text) => {
    expect(problemOf(() => read(text))).toBe('has a length that is not in its shortest form');
    expect(read(text, 'definite').end).toBe(hex(text).length);
  });

  it('does not reach beyond the limit of the enclosing value', () => {
    expect(problemOf(() => readTlv(hex('04 02 AA BB'), 0, 3, 'minimal'))).toBe(
      'claims 2 octets, but has only 1',
    );
  });

  it('is written in its shortest form', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0x04, 0x80, 0x5f37, 0xbf38, 0x9f8101),
        fc.oneof(fc.nat(300), fc.nat(0xffffff), fc.nat(0xffffffff)),
        (tag, length) => {
          const header = tlvHeader(tag, length);
          const wanted = length < 0x80 ? 1 : 1 + Math.ceil(length.toString(16).length / 2);
          expect(header.length).toBe(tagName(tag).length / 2 + wanted);
          expect(header.toString('hex').toUpperCase().startsWith(tagName(tag))).toBe(true);
        },
      ),
    );
  });
});

describe('a run of TLVs', () => {
  it('is taken apart and joined again', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (values) => {
        const bytes = Buffer.concat(values.map((value) => tlv(0x87, value)));
        const parts = [...readAll(bytes, 0, bytes.length, 'minimal')].map(tlvBytes);
        expect(parts).toHaveLength(values.length);
        expect(Buffer.concat(parts)).toEqual(bytes);
      }),
    );
  });

  it('has to fill its range exactly', () => {
    const bytes = hex('87 01 AA 87 02 BB');
    expect(() => [...readAll(bytes, 0, bytes.length, 'minimal')]).toThrow(Asn1Error);
  });
});

describe('decoding', () => {
  it('refuses octets after the value, and says how many and where', () => {
    expect(() => decode(any(), hex('04 01 AA 00 00'))).toThrow(
      'is followed by 2 octets that do not belong to it (at octet 3)',
    );
  });
});
