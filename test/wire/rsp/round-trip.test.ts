import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Asn1Error, decode, encode, received } from '../../../src/wire/asn1/index.js';
import { objectsOf } from './decoded.js';
import { messages } from './messages.js';
import { isOneTlv, longLength, shortLength, withLengths } from './octets.js';

const runs = { numRuns: 60 };

/** Objects that stand for no TLV of their own: the pair that a BIT STRING is, is one; its octets are not. */
const isPartOfBitString = (objects: readonly object[], object: object): boolean =>
  objects.some((other) => 'unusedBits' in other && 'octets' in other && other.octets === object);

describe.each(messages)('$name', ({ type, values }) => {
  it('comes back from its encoding as it was', () => {
    fc.assert(
      fc.property(values, (value) => {
        const encoded = encode(type, value);
        const decoded = decode(type, encoded);
        expect(decoded).toEqual(value);
        expect(encode(type, decoded)).toEqual(encoded);
      }),
      runs,
    );
  });

  it('knows for every value inside it the octets of the input that it came in', () => {
    fc.assert(
      fc.property(values, (value) => {
        const input = encode(type, value);
        const decoded = decode(type, input) as object;
        expect(received(decoded)).toEqual(input);
        const objects = [...objectsOf(decoded)];
        for (const object of objects) {
          if (isPartOfBitString(objects, object)) continue;
          const octets = received(object);
          expect(octets.buffer).toBe(input.buffer);
          expect(octets.byteOffset - input.byteOffset).toBeLessThan(input.length);
          expect(isOneTlv(octets)).toBe(true);
          if (Buffer.isBuffer(object))
            expect(octets.subarray(-object.length || octets.length)).toEqual(object);
        }
      }),
      runs,
    );
  });

  it('may have longer lengths than it needs under the definite rule, which stay in its received octets', () => {
    fc.assert(
      fc.property(values, (value) => {
        const encoded = encode(type, value);
        const long = withLengths(encoded, longLength);
        expect(() => decode(type, long)).toThrow(Asn1Error);
        const decoded = decode(type, long, { lengths: 'definite' }) as object;
        expect(received(decoded)).toEqual(long);
        expect(withLengths(encode(type, decoded), shortLength)).toEqual(encoded);
      }),
      runs,
    );
  });

  it('ends where it ends: no part of it and no more than it is accepted', () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 }), (value, cut, more) => {
        const encoded = encode(type, value);
        expect(() => decode(type, encoded.subarray(0, cut % encoded.length))).toThrow(Asn1Error);
        expect(() => decode(type, Buffer.concat([encoded, more]))).toThrow(Asn1Error);
      }),
      runs,
    );
  });
});
