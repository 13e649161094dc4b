import { createHash } from 'node:crypto';
import type { Random } from '../../../base/random.js';

/**
 * Returns a function that makes random decisions. With a seed, the function makes the same decisions in the same order
 * each time.
 */
export function chance(probability: number, seed: string | undefined, random: Random): () => boolean {
  let count = 0;
  return () => {
    const octets =
      seed === undefined
        ? random.bytes(6)
        : createHash('sha256').update(`${seed} ${count++}`).digest().subarray(0, 6);
    return octets.readUIntBE(0, 6) / 2 ** 48 < probability;
  };
}
