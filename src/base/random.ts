import { randomBytes } from 'node:crypto';

/** Where challenges, identifiers and keys come from; a test may put a seeded one in its place. */
export interface Random {
  /** `count` unpredictable octets. */
  bytes(count: number): Buffer;
}

export const systemRandom: Random = { bytes: (count) => randomBytes(count) };
