import { describe, expect, it } from 'vitest';
import type { Random } from '../../../src/base/random.js';
import { InvalidPointError, OneTimeKeyPair, type CurveName } from '../../../src/profiles/binding/index.js';
import { hex, vectors } from '../../device/support/vectors.js';

const { inputs, keys } = vectors;

const scalar = (value: number): Buffer => {
  const octets = Buffer.alloc(32);
  octets.writeUInt32BE(value, 28);
  return octets;
};
const one = scalar(1);
const generator = (curve: CurveName): Buffer => OneTimeKeyPair.of(curve, one).publicPoint;

const orders: Record<CurveName, string> = {
  'P-256': 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  brainpoolP256r1: 'a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7',
};
const fieldPrimes: Record<CurveName, string> = {
  'P-256': 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff',
  brainpoolP256r1: 'a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377',
};
const curves = Object.keys(orders) as CurveName[];

/** A random source that gives these octets one after the other. */
const giving = (...draws: Buffer[]): Random => ({ bytes: () => draws.shift()! });

describe('a one-time key pair', () => {
  it('is that of the known answer', () => {
    const pair = OneTimeKeyPair.of('P-256', hex(inputs.otSkDp));
    expect(pair.publicPoint).toEqual(hex(keys.otPkDp));
    expect(pair.privateScalar).toEqual(hex(inputs.otSkDp));
    expect(pair.agree(hex(keys.otPkEuicc)).toString('hex')).toBe(
      'b880c9c6f8f3c702c2a1c6b5e6be76bc304cff3b3710b1b6a43f293acecf6762',
    );
  });

  it.each(curves)('on %s keeps the leading zeros of its scalar', (curve) => {
    expect(OneTimeKeyPair.of(curve, scalar(7)).privateScalar).toEqual(scalar(7));
  });

  it.each(curves)('on %s is drawn again where the scalar is zero or beyond the order', (curve) => {
    const order = hex(orders[curve]);
    const random = giving(Buffer.alloc(32), order, Buffer.alloc(32, 0xff), scalar(5));
    expect(OneTimeKeyPair.generate(curve, random).privateScalar).toEqual(scalar(5));
  });

  it.each([['P-256', 379] as const, ['brainpoolP256r1', 856] as const])(
    'on %s keeps the leading zero of a shared secret',
    (curve, value) => {
      const secret = OneTimeKeyPair.of(curve, one).agree(OneTimeKeyPair.of(curve, scalar(value)).publicPoint);
      expect(secret).toHaveLength(32);
      expect(secret[0]).toBe(0);
    },
  );

  it('takes the point of P-256 whose x coordinate is zero', () => {
    const point = hex(`04${'00'.repeat(32)}66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4`);
    expect(OneTimeKeyPair.of('P-256', one).agree(point)).toEqual(Buffer.alloc(32));
  });
});

/** Points that look like one and are none, after the edge cases of Wycheproof's ECDH files. */
const wrongPoints = (curve: CurveName): [string, Buffer][] => {
  const good = generator(curve);
  const [x, y] = [good.subarray(1, 33), good.subarray(33)];
  const point = (...coordinates: Buffer[]): Buffer => Buffer.concat([Buffer.of(0x04), ...coordinates]);
  const changed = (octets: Buffer, index: number, value: number): Buffer => {
    const copy = Buffer.from(octets);
    copy[index] = value;
    return copy;
  };
  const prime = hex(fieldPrimes[curve]);
  const zero = Buffer.alloc(32);
  const other = curves.find((each) => each !== curve)!;
  return [
    ['nothing', Buffer.alloc(0)],
    ['the point at infinity', Buffer.of(0x00)],
    ['65 zeros', Buffer.alloc(65)],
    ['a compressed point', Buffer.concat([Buffer.of(0x02 + (y[31]! & 1)), x])],
    ['a hybrid point', changed(good, 0, 0x06 + (y[31]! & 1))],
    ['no form octet', good.subarray(1)],
    ['an octet too few', good.subarray(0, 64)],
    ['an octet too many', Buffer.concat([good, Buffer.of(0)])],
    ['the origin', point(zero, zero)],
    ['x without its y', point(x, zero)],
    ['y without its x', point(zero, y)],
    ['x and y exchanged', point(y, x)],
    ['a point beside the curve', changed(good, 64, good[64]! ^ 1)],
    ['x = p', point(prime, y)],
    ['y = p', point(x, prime)],
    ['coordinates of all ones', Buffer.concat([Buffer.of(0x04), Buffer.alloc(64, 0xff)])],
    ['a point of another curve', generator(other)],
  ];
};

describe.each(curves)('key agreement on %s', (curve) => {
  it.each(wrongPoints(curve))('refuses %s', (_, point) => {
    expect(() => OneTimeKeyPair.of(curve, scalar(3)).agree(point)).toThrow(InvalidPointError);
  });

  it('comes to the same secret on both sides', () => {
    const [ours, theirs] = [OneTimeKeyPair.of(curve, scalar(1234)), OneTimeKeyPair.of(curve, scalar(98765))];
    expect(ours.agree(theirs.publicPoint)).toEqual(theirs.agree(ours.publicPoint));
  });
});
