import { hkdfSync } from 'node:crypto';
import type { Subscriber } from './subscriber.js';

/** What the server draws for a subscriber: only keys, or also PINs and PUKs. */
export type Drawn = 'keys' | 'keysAndCodes';

/**
 * Draws the keys that a subscriber lacks, by HKDF-SHA-256 from a seed and the IMSI. With the same seed, an IMSI gets the same keys in
 * every list. Anyone who knows the seed can compute all keys, so they are not for production.
 */
export function withDrawnKeys(subscriber: Subscriber, seed: Buffer | string, drawn: Drawn): Subscriber {
  const { imsi = '', op, opc, algorithm } = subscriber;
  const octets = Buffer.from(hkdfSync('sha256', seed, imsi, 'mock-smdp subscriber', 96));
  const hex = (from: number, length: number): string => octets.toString('hex', from, from + length);
  const digits = (from: number, count: number): string =>
    String(octets.readUIntBE(from, 6) % 10 ** count).padStart(count, '0');
  const keys: Subscriber = {
    k: hex(0, 16),
    ...(op === undefined && opc === undefined && { opc: hex(16, algorithm === 'tuak' ? 32 : 16) }),
  };
  const codes: Subscriber =
    drawn === 'keys'
      ? {}
      : {
          ...{ pin1: digits(48, 4), puk1: digits(54, 8), pin2: digits(60, 4) },
          ...{ puk2: digits(66, 8), adm1: digits(72, 8) },
        };
  return { ...keys, ...codes, ...subscriber };
}
