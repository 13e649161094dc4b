import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../src/base/seeded-random.js';

describe('seeded randomness', () => {
  it('gives the same octets for the same seed, in whatever portions they are taken', () => {
    const [one, other] = [new SeededRandom('a'), new SeededRandom('a')];
    const whole = one.bytes(100);
    expect(Buffer.concat([other.bytes(1), other.bytes(63), other.bytes(36)])).toEqual(whole);
    expect(one.bytes(16)).toEqual(other.bytes(16));
  });

  it('gives the octets that earlier versions gave', () => {
    expect(new SeededRandom('mock').bytes(16).toString('hex')).toBe('739dbc0c80a5fff92d7c663b3b8230f4');
  });

  it('gives other octets for another seed, and later', () => {
    const random = new SeededRandom('a');
    const first = random.bytes(16);
    expect(random.bytes(16)).not.toEqual(first);
    expect(new SeededRandom('b').bytes(16)).not.toEqual(first);
  });

  it('begins again when restarted', () => {
    const random = new SeededRandom('a');
    const first = random.bytes(40);
    random.restart();
    expect(random.bytes(40)).toEqual(first);
  });
});
