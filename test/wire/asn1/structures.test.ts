import { describe, expect, it } from 'vitest';
import {
  any,
  choice,
  decode,
  encode,
  explicit,
  integer,
  octetString,
  optional,
  received,
  sequence,
  sequenceOf,
} from '../../../src/wire/asn1/index.js';
import { asn1ErrorOf, hex, problemOf } from './support.js';

const Strict = sequence({ a: integer(0x80), b: optional(integer(0x81)), c: integer(0x82) });
const Extensible = sequence(
  { a: integer(0x80), b: optional(integer(0x81)) },
  { extensible: true, tag: 0xa5 },
);

describe('a SEQUENCE', () => {
  it('reads its members by name and leaves absent ones out', () => {
    expect(decode(Strict, hex('30 09 80 01 01 81 01 02 82 01 03'))).toEqual({ a: 1, b: 2, c: 3 });
    const without = decode(Strict, hex('30 06 80 01 01 82 01 03'));
    expect(without).toEqual({ a: 1, c: 3 });
    expect('b' in without).toBe(false);
  });

  it('writes its members in their order, whatever order the object has', () => {
    expect(encode(Strict, { c: 3, b: 2, a: 1 })).toEqual(hex('30 09 80 01 01 81 01 02 82 01 03'));
    expect(encode(Strict, { a: 1, b: undefined, c: 3 })).toEqual(hex('30 06 80 01 01 82 01 03'));
  });

  it.each([
    ['a member twice', '30 09 80 01 01 80 01 01 82 01 03', 'a: is repeated or out of order (at octet 5)'],
    [
      'an optional member twice',
      '30 0C 80 01 01 81 01 02 81 01 02 82 01 03',
      'b: is repeated or out of order (at octet 8)',
    ],
    [
      'members in the wrong order',
      '30 09 80 01 01 82 01 03 81 01 02',
      'b: is repeated or out of order (at octet 8)',
    ],
    ['a later member first', '30 06 82 01 03 80 01 01', 'a: is missing; tag 82 came instead (at octet 2)'],
    ['no last member', '30 03 80 01 01', 'c: is missing (at octet 5)'],
    ['no member at all', '30 00', 'a: is missing (at octet 2)'],
    ['an unknown member', '30 09 80 01 01 82 01 03 85 01 02', 'does not belong here: tag 85 (at octet 8)'],
    ['a broken member', '30 06 80 01 01 82 01 FF', 'c: is -1, outside 0 to 2147483647 (at octet 5)'],
    ['a truncated header', '30 01 80', 'ends in the middle of a TLV header (at octet 2)'],
  ])('with %s is refused', (_, text, message) => {
    expect(asn1ErrorOf(() => decode(Strict, hex(text))).message).toBe(message);
  });

  it('says that a member is missing when one with the tag of an earlier member comes instead', () => {
    const type = sequence({ signed: any(0x30), signature: octetString(0x5f37), certificate: any(0x30) });
    expect(asn1ErrorOf(() => decode(type, hex('30 04 30 00 30 00'))).message).toBe(
      'signature: is missing; tag 30 came instead (at octet 4)',
    );
  });

  it('cannot be written without a mandatory member', () => {
    expect(asn1ErrorOf(() => encode(Strict, { a: 1 } as never)).message).toBe('c: is missing');
  });

  it('passes over unknown members where it is extensible, and keeps them in its received octets', () => {
    const input = hex('A5 0E 9F 7F 01 AA 80 01 01 85 00 81 01 02 AF 00');
    const value = decode(Extensible, input);
    expect(value).toEqual({ a: 1, b: 2 });
    expect(received(value)).toEqual(input);
  });

  it('refuses a repeated or misplaced known member even where it is extensible', () => {
    expect(asn1ErrorOf(() => decode(Extensible, hex('A5 06 80 01 01 80 01 01'))).path).toBe('a');
    expect(asn1ErrorOf(() => decode(Extensible, hex('A5 06 81 01 01 80 01 01'))).path).toBe('a');
  });

  it('takes no member from the names of every object', () => {
    const type = sequence({ a: integer(0x80) });
    expect(Object.keys(decode(type, hex('30 03 80 01 01')))).toEqual(['a']);
    expect(Object.getPrototypeOf(decode(type, hex('30 03 80 01 01')))).toBe(Object.prototype);
  });
});

describe('a SEQUENCE OF', () => {
  const type = sequenceOf(integer(0x02), { tag: 0xa9, max: 2 });

  it('keeps the order of its elements', () => {
    const value = decode(type, hex('A9 06 02 01 05 02 01 04'));
    expect(value).toEqual([5, 4]);
    expect(received(value)).toEqual(hex('A9 06 02 01 05 02 01 04'));
    expect(encode(type, [5, 4])).toEqual(hex('A9 06 02 01 05 02 01 04'));
    expect(decode(type, hex('A9 00'))).toEqual([]);
  });

  it('names the element that is wrong', () => {
    expect(asn1ErrorOf(() => decode(type, hex('A9 06 02 01 05 03 01 04'))).message).toBe(
      '1: has tag 03 instead of 02 (at octet 5)',
    );
    expect(asn1ErrorOf(() => encode(type, [5, -1])).path).toBe('1');
  });

  it('stops at its largest size before it reads the element that is too many', () => {
    expect(problemOf(() => decode(type, hex('A9 09 02 01 05 02 01 04 03 01 FF')))).toBe(
      'has more than 2 elements',
    );
    expect(problemOf(() => encode(type, [1, 2, 3]))).toBe('has 3 elements instead of 0 to 2');
  });

  it('has a least size', () => {
    const atLeastOne = sequenceOf(integer(), { min: 1 });
    expect(problemOf(() => decode(atLeastOne, hex('30 00')))).toBe('has 0 elements instead of at least 1');
  });
});

describe('a CHOICE', () => {
  const bare = choice({ ok: octetString(0x80), failed: integer(0x81) });
  const tagged = choice({ ok: octetString(0x80), failed: integer(0x81) }, { tag: 0xbf41 });

  it('names the alternative that was taken', () => {
    expect(decode(bare, hex('81 01 05'))).toEqual({ failed: 5 });
    expect(encode(bare, { failed: 5 })).toEqual(hex('81 01 05'));
  });

  it('with a tag is wrapped in it', () => {
    expect(decode(tagged, hex('BF41 03 81 01 05'))).toEqual({ failed: 5 });
    expect(encode(tagged, { failed: 5 })).toEqual(hex('BF41 03 81 01 05'));
  });

  it('with a tag was received as the whole, and its inner value as the alternative', () => {
    const value = decode(tagged, hex('BF41 03 80 01 AA')) as { ok: Buffer };
    expect(received(value)).toEqual(hex('BF41 03 80 01 AA'));
    expect(received(value.ok)).toEqual(hex('80 01 AA'));
  });

  it.each([
    ['BF41 03 82 01 05', 'has tag 82 instead of 80 or 81'],
    ['BF41 06 81 01 05 81 01 05', 'holds more than one value'],
    ['BF41 00', 'ends in the middle of a TLV header'],
    ['81 01 05', 'has tag 81 instead of BF41'],
  ])('of the octets %s is refused: it %s', (text, problem) => {
    expect(problemOf(() => decode(tagged, hex(text)))).toBe(problem);
  });

  it('names the alternative in the path of an error', () => {
    expect(asn1ErrorOf(() => decode(tagged, hex('BF41 03 81 01 FF'))).path).toBe('failed');
    expect(asn1ErrorOf(() => encode(tagged, { failed: -1 })).path).toBe('failed');
  });

  const misshapen: object[] = [{}, { ok: hex('AA'), failed: 5 }, { constructor: 5 }, { toString: 5 }];
  it.each(misshapen)('cannot be written from %j', (value) => {
    expect(problemOf(() => encode(bare, value as never))).toMatch(/alternative/);
  });
});

describe('an explicit tag', () => {
  const type = explicit(0xa1, sequence({ a: integer(0x80) }));

  it('wraps one value, which keeps its own received octets', () => {
    const value = decode(type, hex('A1 05 30 03 80 01 01'));
    expect(value).toEqual({ a: 1 });
    expect(received(value)).toEqual(hex('30 03 80 01 01'));
    expect(encode(type, { a: 1 })).toEqual(hex('A1 05 30 03 80 01 01'));
  });

  it('holds neither nothing nor two values', () => {
    expect(problemOf(() => decode(type, hex('A1 00')))).toBe('ends in the middle of a TLV header');
    expect(problemOf(() => decode(type, hex('A1 07 30 03 80 01 01 05 00')))).toBe(
      'holds more than one value',
    );
  });
});

describe('the received octets', () => {
  it('are not known for a value that the program made', () => {
    expect(() => received({ a: 1 })).toThrow('received() of a value that was not decoded');
  });

  it('do not pass to a copy, which may have been changed', () => {
    const value = decode(sequence({ a: integer(0x80) }), hex('30 03 80 01 01'));
    expect(() => received({ ...value, a: 2 })).toThrow('received() of a value that was not decoded');
  });

  it('are no member of the value that anyone lists or prints', () => {
    const value = decode(sequence({ a: integer(0x80) }), hex('30 03 80 01 01'));
    expect(Object.keys(value)).toEqual(['a']);
    expect(JSON.stringify(value)).toBe('{"a":1}');
  });

  it('keep lengths that are longer than they need to be', () => {
    const input = hex('30 81 04 80 81 01 07');
    const value = decode(sequence({ a: integer(0x80) }), input, { lengths: 'definite' });
    expect(received(value)).toEqual(input);
    expect(encode(sequence({ a: integer(0x80) }), value)).toEqual(hex('30 03 80 01 07'));
  });
});

describe('an error', () => {
  it('gives the whole path of the field and the place of its TLV in the whole input', () => {
    const type = choice(
      { ok: sequence({ list: sequenceOf(Strict, { tag: 0xa9 }) }, { tag: 0xa0 }) },
      { tag: 0xbf38 },
    );
    const error = asn1ErrorOf(() =>
      decode(type, hex('BF38 12 A0 10 A9 0E 30 06 80 01 01 82 01 03 30 04 80 00 82 00')),
    );
    expect(error).toMatchObject({
      name: 'Asn1Error',
      path: 'ok.list.1.a',
      offset: 17,
      problem: 'is an INTEGER of 0 octets',
      message: 'ok.list.1.a: is an INTEGER of 0 octets (at octet 17)',
    });
  });
});
