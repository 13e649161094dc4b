import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Asn1Error, decode, encode, type LengthRule, type Type } from '../../../src/wire/asn1/index.js';
import { charactersIn, counted, objectsOf } from './decoded.js';
import { messages } from './messages.js';
import { hex, lengthPositions } from './octets.js';

type Mutation = (bytes: Buffer) => Buffer;

const replace = (bytes: Buffer, at: number, count: number, by: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + count)]);

const place = fc.nat(100_000);
const few = fc.integer({ min: 1, max: 12 });

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(
    ([at, mask]): Mutation =>
      (bytes) =>
        bytes.length === 0
          ? bytes
          : replace(bytes, at % bytes.length, 1, Buffer.of(bytes[at % bytes.length]! ^ mask)),
  ),
  place.map(
    (at): Mutation =>
      (bytes) =>
        bytes.subarray(0, at % (bytes.length + 1)),
  ),
  fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 12 })).map(
    ([at, more]): Mutation =>
      (bytes) =>
        replace(bytes, at % (bytes.length + 1), 0, more),
  ),
  fc.tuple(place, few).map(
    ([at, count]): Mutation =>
      (bytes) =>
        replace(bytes, at % (bytes.length + 1), count, Buffer.alloc(0)),
  ),
  fc.tuple(place, few, place).map(([from, count, to]): Mutation => (bytes) => {
    const start = from % (bytes.length + 1);
    return replace(bytes, to % (bytes.length + 1), 0, bytes.subarray(start, start + count));
  }),
);

const bombs = [
  '80',
  '81 FF',
  '82 FF FF',
  '83 FF FF FF',
  '84 7F FF FF FF',
  '84 FF FF FF FF',
  '88 FFFFFFFFFFFFFFFF',
  'FF',
];

/** Decodes, and checks what has to hold however the input looks. Returns the error, if there was one. */
function attempt(type: Type<unknown>, input: Buffer, lengths: LengthRule): Asn1Error | undefined {
  const { bytes, reads } = counted(input);
  let value: unknown;
  let raised: unknown;
  try {
    value = decode(type, bytes, { lengths });
  } catch (error) {
    raised = error;
  }
  expect(reads()).toBeLessThanOrEqual(input.length);
  if (raised !== undefined) {
    expect(raised).toBeInstanceOf(Asn1Error);
    const { offset, message } = raised as Asn1Error;
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThanOrEqual(input.length);
    expect(message).toContain(`(at octet ${offset})`);
    return raised as Asn1Error;
  }
  const objects = [...objectsOf(value)];
  expect(objects.length).toBeLessThanOrEqual(input.length + 2);
  expect(charactersIn(value)).toBeLessThanOrEqual(4 * input.length);
  for (const object of objects) if (Buffer.isBuffer(object)) expect(object.buffer).toBe(input.buffer);
  return undefined;
}

const rules = ['minimal', 'definite'] as const;

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(messages)('$name, damaged on the way,', ({ type, values }) => {
  it('is decoded or refused with an Asn1Error, in fewer steps than it has octets', () => {
    fc.assert(
      fc.property(values, fc.array(mutation, { minLength: 1, maxLength: 3 }), (value, mutations) => {
        const input = mutations.reduce((bytes, mutate) => mutate(bytes), encode(type, value));
        for (const lengths of rules) attempt(type, input, lengths);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused without a copy being made when one of its lengths is a bomb', () => {
    fc.assert(
      fc.property(values, place, fc.constantFrom(...bombs), (value, choice, bomb) => {
        const encoded = encode(type, value);
        const positions = lengthPositions(encoded);
        const at = positions[choice % positions.length]!;
        const input = replace(encoded, at, 1, hex(bomb));
        const makers = (['alloc', 'allocUnsafe', 'concat', 'from'] as const).map((name) =>
          vi.spyOn(Buffer, name),
        );
        const errors = rules.map((lengths) => attempt(type, input, lengths));
        for (const maker of makers) {
          expect(maker).not.toHaveBeenCalled();
          maker.mockRestore();
        }
        if (at === positions[0]) expect(errors).not.toContain(undefined);
      }),
      { numRuns: 100 },
    );
  });

  it('takes or refuses random octets by the same rules', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        for (const lengths of rules) attempt(type, Buffer.from(octets), lengths);
      }),
      { numRuns: 100 },
    );
  });

  it('is refused when any one of its octets is missing at the end', () => {
    const [sample] = fc.sample(values, 1);
    const encoded = encode(type, sample);
    for (let length = 0; length < encoded.length; length++) {
      for (const lengths of rules) expect(attempt(type, encoded.subarray(0, length), lengths)).toBeDefined();
    }
  });
});
