import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  any,
  boolean,
  decode,
  encode,
  integer,
  nullValue,
  octetString,
  received,
  utf8String,
} from '../../../src/wire/asn1/index.js';
import { hex, problemOf } from './support.js';

describe('an OCTET STRING', () => {
  it('keeps its octets and the TLV that they came in', () => {
    const input = hex('84 03 01 02 03');
    const value = decode(octetString(0x84), input);
    expect(value).toEqual(hex('01 02 03'));
    expect(received(value)).toEqual(input);
  });

  it('is a view of the input, not a copy', () => {
    const input = hex('84 03 01 02 03');
    expect(decode(octetString(0x84), input).buffer).toBe(input.buffer);
  });

  it.each([
    ['80 00', 'has 0 octets instead of 1 to 2'],
    ['80 03 010203', 'has 3 octets instead of 1 to 2'],
  ])('outside its size is refused in %s', (text, problem) => {
    const type = octetString(0x80, { min: 1, max: 2 });
    expect(problemOf(() => decode(type, hex(text)))).toBe(problem);
    expect(problemOf(() => encode(type, hex(text).subarray(2)))).toBe(problem);
  });

  it('is accepted at both ends of its size', () => {
    const type = octetString(0x80, { min: 1, max: 2 });
    expect(decode(type, hex('80 01 AA'))).toHaveLength(1);
    expect(decode(type, hex('80 02 AA BB'))).toHaveLength(2);
  });

  it('names the length or the least size that it should have', () => {
    expect(problemOf(() => decode(octetString(0x80, { length: 16 }), hex('80 01 AA')))).toBe(
      'has 1 octets instead of 16',
    );
    expect(problemOf(() => decode(octetString(0x80, { min: 2 }), hex('80 01 AA')))).toBe(
      'has 1 octets instead of at least 2',
    );
  });

  it('with a foreign tag is refused, naming both tags', () => {
    expect(problemOf(() => decode(octetString(0x80), hex('81 00')))).toBe('has tag 81 instead of 80');
  });
});

describe('an INTEGER', () => {
  const wide = integer(0x02, { min: -(2 ** 47), max: 2 ** 47 - 1 });

  it.each([
    [0, '02 01 00'],
    [127, '02 01 7F'],
    [128, '02 02 00 80'],
    [255, '02 02 00 FF'],
    [256, '02 02 01 00'],
    [32768, '02 03 00 80 00'],
    [-1, '02 01 FF'],
    [-128, '02 01 80'],
    [-129, '02 02 FF 7F'],
    [2 ** 47 - 1, '02 06 7F FF FF FF FF FF'],
    [-(2 ** 47), '02 06 80 00 00 00 00 00'],
  ])('%d is %s', (value, text) => {
    expect(encode(wide, value)).toEqual(hex(text));
    expect(decode(wide, hex(text))).toBe(value);
  });

  it('survives the round trip over its whole range', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 47), max: 2 ** 47 - 1 }), (value) => {
        expect(decode(wide, encode(wide, value))).toBe(value);
      }),
    );
  });

  it.each([
    ['02 00', 'is an INTEGER of 0 octets'],
    ['02 07 00 00 00 00 00 00 01', 'is an INTEGER of 7 octets'],
    ['02 01 FF', 'is -1, outside 0 to 2147483647'],
    ['02 05 00 80 00 00 00', 'is 2147483648, outside 0 to 2147483647'],
  ])('%s is refused: it %s', (text, problem) => {
    expect(problemOf(() => decode(integer(), hex(text)))).toBe(problem);
  });

  it.each(['02 02 00 7F', '02 02 FF 80', '02 03 00 00 80'])(
    '%s is not in its shortest form, which only the definite rule takes',
    (text) => {
      expect(problemOf(() => decode(wide, hex(text)))).toBe('is an INTEGER that is not in its shortest form');
      expect(() => decode(wide, hex(text), { lengths: 'definite' })).not.toThrow();
    },
  );

  it.each([NaN, 1.5, Infinity, -1])('cannot be written from %d', (value) => {
    expect(problemOf(() => encode(integer(), value))).toContain('outside 0 to');
  });
});

describe('a BOOLEAN', () => {
  it('is FF or 00', () => {
    expect(encode(boolean(), true)).toEqual(hex('01 01 FF'));
    expect(encode(boolean(), false)).toEqual(hex('01 01 00'));
    expect(decode(boolean(), hex('01 01 FF'))).toBe(true);
    expect(decode(boolean(), hex('01 01 00'))).toBe(false);
  });

  it('of another value is taken under the definite rule only', () => {
    expect(problemOf(() => decode(boolean(), hex('01 01 01')))).toBe('is not a BOOLEAN in DER');
    expect(decode(boolean(), hex('01 01 01'), { lengths: 'definite' })).toBe(true);
  });

  it.each(['01 00', '01 02 FF FF'])('%s is refused under either rule', (text) => {
    expect(problemOf(() => decode(boolean(), hex(text)))).toBe('is not a BOOLEAN in DER');
    expect(problemOf(() => decode(boolean(), hex(text), { lengths: 'definite' }))).toBe(
      'is not a BOOLEAN in DER',
    );
  });
});

describe('a NULL', () => {
  it('is empty', () => {
    expect(encode(nullValue(), null)).toEqual(hex('05 00'));
    expect(decode(nullValue(), hex('05 00'))).toBeNull();
    expect(problemOf(() => decode(nullValue(), hex('05 01 00')))).toBe('is a NULL with content');
  });
});

describe('a UTF8String', () => {
  it('survives the round trip', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(decode(utf8String(), encode(utf8String(), value))).toBe(value);
      }),
    );
  });

  it.each(['0C 01 FF', '0C 02 C0 80', '0C 03 ED A0 80', '0C 02 C3 41'])(
    '%s is refused as no UTF-8',
    (text) => {
      expect(problemOf(() => decode(utf8String(), hex(text)))).toBe('is not UTF-8');
    },
  );

  it.each(['x', 'é', '電', '😀'])('is measured in characters: %s', (character) => {
    const type = utf8String(0x91, { max: 3 });
    expect(decode(type, encode(type, character.repeat(3)))).toBe(character.repeat(3));
    const long = encode(utf8String(0x91), character.repeat(4));
    const problem = 'has 4 characters instead of 0 to 3';
    expect(problemOf(() => encode(type, character.repeat(4)))).toBe(problem);
    expect(problemOf(() => decode(type, long))).toBe(problem);
  });

  it('is never written with another character in the place of half a surrogate pair', () => {
    expect(problemOf(() => encode(utf8String(), 'a\ud800'))).toBe(
      'has an unpaired surrogate, which UTF-8 cannot encode',
    );
  });
});

describe('a value of any type', () => {
  it('is passed on as the TLV that arrived', () => {
    const input = hex('30 03 02 01 05');
    const value = decode(any(0x30), input);
    expect(value).toEqual(input);
    expect(received(value)).toEqual(input);
    expect(encode(any(0x30), value)).toEqual(input);
  });

  it.each([
    ['', 'ends in the middle of a TLV header'],
    ['30 00 30 00', 'is more than one TLV'],
    ['31 00', 'has tag 31 instead of 30'],
    ['30 05 00', 'claims 5 octets, but has only 1'],
  ])('cannot be written from %s: it %s', (text, problem) => {
    expect(problemOf(() => encode(any(0x30), hex(text)))).toBe(problem);
  });
});
