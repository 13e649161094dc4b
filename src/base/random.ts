import { randomBytes } from 'node:crypto';

/** The source of challenges, identifiers and keys. A test may replace it by a seeded one. */
export interface Random {
  /** `count` unpredictable octets. */
  bytes(count: number): Buffer;
}

export const systemRandom: Random = { bytes: (count) => randomBytes(count) };
