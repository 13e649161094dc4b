import { createCipheriv, hkdfSync, type Cipher } from 'node:crypto';
import type { Random } from './random.js';

/**
 * Octets that follow from a seed: the keystream of AES-256 in counter mode under a key that HKDF makes of it. Whoever
 * knows the seed knows every challenge and every one-time key: for tests only.
 */
export class SeededRandom implements Random {
  readonly #key: Buffer;
  #keystream: Cipher;

  constructor(seed: string) {
    this.#key = Buffer.from(hkdfSync('sha256', seed, '', 'mock-smdp SeededRandom', 32));
    this.#keystream = this.#begin();
  }

  bytes(count: number): Buffer {
    return this.#keystream.update(Buffer.alloc(count));
  }

  /** From here on the same octets come again as in the beginning. */
  restart(): void {
    this.#keystream = this.#begin();
  }

  #begin(): Cipher {
    return createCipheriv('aes-256-ctr', this.#key, Buffer.alloc(16));
  }
}
