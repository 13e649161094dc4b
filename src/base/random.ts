import { randomBytes } from 'node:crypto';

/** The source of challenges, identifiers and keys. A test may use a seeded source instead. */
export interface Random {
  /** `count` unpredictable octets. */
  bytes(count: number): Buffer;
}

export const systemRandom: Random = { bytes: (count) => randomBytes(count) };
