import { createHash } from 'node:crypto';
import { encodeValues, type Row } from './rows.js';

/** Number of 32-bit parts of the sum. */
const lanes = 8;

/**
 * Checksum of rows: the sum of the SHA-256 hashes of all rows. It does not depend on the order of the rows.
 */
export class Digest {
  readonly #sums = new Uint32Array(lanes);

  private constructor(public rows: number) {}

  static empty(): Digest {
    return new Digest(0);
  }

  add(row: Row): void {
    const hash = createHash('sha256').update(encodeValues(row)).digest();
    for (let lane = 0; lane < lanes; lane++) this.#sums[lane]! += hash.readUInt32LE(4 * lane);
    this.rows++;
  }

  /** Hexadecimal. */
  get checksum(): string {
    return Buffer.from(this.#sums.buffer).toString('hex');
  }

  isEqualTo(other: Pick<Digest, 'rows' | 'checksum'>): boolean {
    return this.rows === other.rows && this.checksum === other.checksum;
  }
}
