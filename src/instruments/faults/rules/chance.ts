import { createHash } from 'node:crypto';
import type { Random } from '../../../base/random.js';

/** Makes the random decision with the number `count`, counted from 0. With a seed, each decision is the same in every run. */
export function chanceAt(
  count: number,
  probability: number,
  seed: string | undefined,
  random: Random,
): boolean {
  const octets =
    seed === undefined
      ? random.bytes(6)
      : createHash('sha256').update(`${seed} ${count}`).digest().subarray(0, 6);
  return octets.readUIntBE(0, 6) / 2 ** 48 < probability;
}
