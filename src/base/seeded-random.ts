import { createCipheriv, hkdfSync, type Cipher } from 'node:crypto';
import type { Random } from './random.js';

/**
 * Generates octets from a seed: the keystream of AES-256 in counter mode, with a key derived from the seed by HKDF. Use it in tests
 * only: anyone who knows the seed can compute every challenge and one-time key.
 */
export class SeededRandom implements Random {
  readonly #key: Buffer;
  #sequence = 0;
  #keystream: Cipher;

  constructor(seed: string) {
    this.#key = Buffer.from(hkdfSync('sha256', seed, '', 'mock-smdp SeededRandom', 32));
    this.#keystream = this.#begin();
  }

  bytes(count: number): Buffer {
    return this.#keystream.update(Buffer.alloc(count));
  }

  /** Switches to another sequence of the same seed, and starts at its beginning. The first sequence has the number 0. */
  useSequence(number: number): void {
    this.#sequence = number;
    this.restart();
  }

  /** Restarts the sequence from the beginning. */
  restart(): void {
    this.#keystream = this.#begin();
  }

  #begin(): Cipher {
    const start = Buffer.alloc(16);
    start.writeUInt32BE(this.#sequence);
    return createCipheriv('aes-256-ctr', this.#key, start);
  }
}
