import fc from 'fast-check';
import { bits, tlv, type Type } from '../../../src/wire/asn1/index.js';

/** A message of RSPDefinitions with arbitrary values of it. */
export interface Message {
  readonly name: string;
  readonly type: Type<unknown>;
  readonly values: fc.Arbitrary<unknown>;
}

export const message = <T>(name: string, type: Type<T>, values: fc.Arbitrary<T>): Message => ({
  name,
  type,
  values,
});

export const octets = (minLength: number, maxLength = minLength): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ minLength, maxLength }).map((array) => Buffer.from(array));
export const text = (maxOctets = 40): fc.Arbitrary<string> =>
  fc
    .string({ unit: 'binary', maxLength: maxOctets })
    .filter((value) => Buffer.byteLength(value) <= maxOctets);
export const oneOf = (codes: Readonly<Record<string, number>>): fc.Arbitrary<number> =>
  fc.constantFrom(...Object.values(codes));
export const flags = (names: Readonly<Record<string, number>>) =>
  fc.subarray(Object.values(names)).map((indexes) => bits(...indexes));
export const anyOf = (tag: number) => octets(0, 60).map((value) => tlv(tag, tlv(0x04, value)));

/** A record whose members may be absent, except those named. */
export function members<T extends object, K extends keyof T>(
  model: { [P in keyof T]: fc.Arbitrary<T[P]> },
  ...mandatory: K[]
): fc.Arbitrary<Pick<T, K> & Partial<T>> {
  return fc.record(model, { requiredKeys: mandatory }) as fc.Arbitrary<Pick<T, K> & Partial<T>>;
}
