import { randomBytes } from 'node:crypto';

/** The values of a column met so far, and where: some 20 octets for each, so that millions fit into memory. */
export class SeenValues {
  readonly #shards = Array.from({ length: 256 }, () => new Shard());
  readonly #seed = randomBytes(8);
  readonly #low = this.#seed.readUInt32LE(0);
  readonly #high = this.#seed.readUInt32LE(4);

  /**
   * The line on which the value was met before; 0 for the first time, from which on `line` is remembered.
   *
   * Only a hash of 64 bits is kept: among ten million values, two are taken for one with a chance of 3 in a million. The
   * seed makes sure that this cannot be brought about, and does not happen a second time.
   */
  firstLine(value: string, line: number): number {
    let low = this.#low ^ value.length;
    let high = this.#high;
    for (let at = 0; at < value.length; at += 4) {
      const four = fourFrom(value, at);
      low = Math.imul(low ^ four, 0x9e3779b1);
      low ^= low >>> 15;
      high = Math.imul(high ^ four, 0x85ebca77);
      high ^= high >>> 13;
    }
    low = mixed(low, high);
    high = mixed(high, low);
    return this.#shards[low & 0xff]!.firstLine(low >>> 0, high >>> 0, line);
  }
}

/** Four characters of ASCII as one number; what lies behind the end counts as nothing. */
const fourFrom = (value: string, at: number): number =>
  value.charCodeAt(at) |
  (value.charCodeAt(at + 1) << 8) |
  (value.charCodeAt(at + 2) << 16) |
  (value.charCodeAt(at + 3) << 24);

/** Lets every bit depend on every other (the finish of MurmurHash3). */
function mixed(one: number, other: number): number {
  let bits = one ^ Math.imul(other, 0x27d4eb2f);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** A part of the table, small enough to be made anew without a pause. Open addressing; a line of 0 marks a free place. */
class Shard {
  #count = 0;
  #size = 64;
  #entries = new Uint32Array(3 * this.#size);

  firstLine(low: number, high: number, line: number): number {
    const place = this.#placeOf(low, high);
    const known = this.#entries[place + 2]!;
    if (known !== 0) return known;
    this.#entries.set([low, high, line], place);
    if (++this.#count > 0.75 * this.#size) this.#grow();
    return 0;
  }

  /** Where the hash is, or where it belongs. */
  #placeOf(low: number, high: number): number {
    const entries = this.#entries;
    const end = 3 * this.#size;
    let place = 3 * (high % this.#size);
    while (entries[place + 2] !== 0 && (entries[place] !== low || entries[place + 1] !== high)) {
      place += 3;
      if (place === end) place = 0;
    }
    return place;
  }

  #grow(): void {
    const old = this.#entries;
    this.#size = Math.ceil(this.#size * 1.5);
    this.#entries = new Uint32Array(3 * this.#size);
    for (let at = 0; at < old.length; at += 3) {
      if (old[at + 2] === 0) continue;
      this.#entries.set(old.subarray(at, at + 3), this.#placeOf(old[at]!, old[at + 1]!));
    }
  }
}
