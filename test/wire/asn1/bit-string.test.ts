import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bits, bitString, decode, encode, hasBit, received, setBits } from '../../../src/wire/asn1/index.js';
import { hex, problemOf } from './support.js';

const type = bitString(0x99);

describe('a BIT STRING', () => {
  it.each([
    [[0], '99 02 07 80'],
    [[1], '99 02 06 40'],
    [[2], '99 02 05 20'],
    [[3], '99 02 04 10'],
    [[0, 1, 2, 3], '99 02 04 F0'],
    [[1, 2], '99 02 05 60'],
    [[7], '99 02 00 01'],
    [[8], '99 03 07 00 80'],
    [[], '99 01 00'],
  ])('of the bits %j is %s', (indexes, text) => {
    expect(encode(type, bits(...indexes))).toEqual(hex(text));
    expect(setBits(decode(type, hex(text)))).toEqual(indexes);
  });

  it('may end in zero bits: 99 02 04 40 is PPR1', () => {
    const value = decode(type, hex('99 02 04 40'));
    expect(setBits(value)).toEqual([1]);
    expect(received(value)).toEqual(hex('99 02 04 40'));
    expect(encode(type, value)).toEqual(hex('99 02 04 40'));
  });

  it('has no bits beyond its end', () => {
    const value = decode(type, hex('99 02 04 F0'));
    expect(hasBit(value, 3)).toBe(true);
    expect(hasBit(value, 4)).toBe(false);
    expect(hasBit(value, 1000)).toBe(false);
  });

  it('with unused bits that are set is taken under the definite rule only, and they do not count', () => {
    expect(problemOf(() => decode(type, hex('99 02 04 4F')))).toBe(
      'is a BIT STRING with unused bits that are set',
    );
    expect(setBits(decode(type, hex('99 02 04 4F'), { lengths: 'definite' }))).toEqual([1]);
  });

  it.each(['99 00', '99 01 01', '99 02 08 00', '99 02 FF 00'])('%s is refused as malformed', (text) => {
    expect(problemOf(() => decode(type, hex(text)))).toBe('is a malformed BIT STRING');
  });

  it('survives the round trip without trailing zero bits', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200)), (indexes) => {
        const value = decode(type, encode(type, bits(...indexes)));
        const ascending = [...indexes].sort((a, b) => a - b);
        expect(setBits(value)).toEqual(ascending);
        if (indexes.length > 0)
          expect(hasBit(value, value.octets.length * 8 - value.unusedBits - 1)).toBe(true);
      }),
    );
  });
});
