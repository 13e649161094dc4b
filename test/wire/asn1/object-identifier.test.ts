import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decode,
  encode,
  objectIdentifier,
  oidFromOctets,
  oidToOctets,
} from '../../../src/wire/asn1/index.js';
import { hex, problemOf } from './support.js';

describe('an OBJECT IDENTIFIER', () => {
  it.each([
    ['2.999.10', '88 37 0A'],
    ['2.999.15.2', '88 37 0F 02'],
    ['2.999', '88 37'],
    ['2.39', '77'],
    ['2.40', '78'],
    ['2.48', '81 00'],
    ['1.39', '4F'],
    ['0.0', '00'],
    ['0.39', '27'],
    ['1.0', '28'],
    ['2.0', '50'],
    ['1.2.840.10045.3.1.7', '2A 86 48 CE 3D 03 01 07'],
    ['1.3.36.3.3.2.8.1.1.7', '2B 24 03 03 02 08 01 01 07'],
    ['2.23.146.1.2.1.4', '67 81 12 01 02 01 04'],
    [`2.25.${Number.MAX_SAFE_INTEGER}`, '69 8F FF FF FF FF FF FF 7F'],
    [`2.${Number.MAX_SAFE_INTEGER - 80}`, '8F FF FF FF FF FF FF 7F'],
  ])('%s has the content octets %s', (oid, text) => {
    expect(oidToOctets(oid).toString('hex')).toBe(hex(text).toString('hex'));
    expect(oidFromOctets(hex(text))).toBe(oid);
  });

  it('carries the tag that its field gives it', () => {
    expect(encode(objectIdentifier(), '2.999.10')).toEqual(hex('06 03 88 37 0A'));
    expect(decode(objectIdentifier(0x81), hex('81 03 88 37 0A'))).toBe('2.999.10');
  });

  it('survives the round trip', () => {
    const arc = fc.oneof(fc.nat(300), fc.maxSafeNat());
    const oid = fc.oneof(
      fc.tuple(fc.constantFrom(0, 1), fc.nat(39), fc.array(arc)),
      fc.tuple(fc.constant(2), fc.oneof(fc.nat(1000), fc.nat(Number.MAX_SAFE_INTEGER - 80)), fc.array(arc)),
    );
    fc.assert(
      fc.property(oid, ([root, second, rest]) => {
        const text = [root, second, ...rest].join('.');
        expect(oidFromOctets(oidToOctets(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['', 'is an incomplete OBJECT IDENTIFIER'],
    ['88', 'is an incomplete OBJECT IDENTIFIER'],
    ['88 37 8A', 'is an incomplete OBJECT IDENTIFIER'],
    ['80 01', 'has an arc with a leading zero'],
    ['88 37 80 0A', 'has an arc with a leading zero'],
    ['69 90 80 80 80 80 80 80 00', 'has an arc of more than 53 bits'],
    [`69 ${'FF'.repeat(1000)} 7F`, 'has an arc of more than 53 bits'],
  ])('of the octets %s is refused: it %s', (text, problem) => {
    expect(problemOf(() => oidFromOctets(hex(text)))).toBe(problem);
  });

  it.each(['', '2', '2.', '.2', '3.1', '0.40', '1.40', '2.01', '2.-1', '2.999.a', '2.1e3', ' 2.5', '2.5 '])(
    'cannot be written from %j',
    (oid) => {
      expect(problemOf(() => oidToOctets(oid))).toContain('is not an OBJECT IDENTIFIER');
    },
  );

  it.each(['2.25.9007199254740992', '2.9007199254740991'])(
    'with an arc as large as in %s cannot be written',
    (oid) => {
      expect(problemOf(() => oidToOctets(oid))).toContain('has an arc of more than 53 bits');
    },
  );
});
