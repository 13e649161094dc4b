import { randomBytes } from 'node:crypto';

/** Entries of a segment, and of how many it is split: 24 KiB, which are taken at once and never given back. */
const segmentSize = 2048;
const mostEntries = 0.85 * segmentSize;

/** A part of the table: hash of 64 bits and line of each value, a line of 0 for a free place. Open addressing. */
interface Segment {
  /** How many leading bits of the hash all its values have in common. */
  depth: number;
  count: number;
  readonly entries: Uint32Array;
}

/**
 * The values of a column met so far, and where: some 20 octets for each, so that millions fit into memory.
 *
 * It grows by extendible hashing, segment by segment: neither a pause nor garbage comes of it.
 */
export class SeenValues {
  readonly #seed = randomBytes(8);
  readonly #low = this.#seed.readUInt32LE(0);
  readonly #high = this.#seed.readUInt32LE(4);
  /** The segment for each value of the leading `#depth` bits. */
  #directory: Segment[] = [newSegment(0)];
  #depth = 0;

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
    return this.#remember(high >>> 0, low >>> 0, line);
  }

  #remember(leading: number, other: number, line: number): number {
    const segment = this.#directory[this.#depth === 0 ? 0 : leading >>> (32 - this.#depth)]!;
    const place = placeIn(segment, leading, other);
    const known = segment.entries[place + 2]!;
    if (known !== 0) return known;
    put(segment, place, leading, other, line);
    if (segment.count > mostEntries) this.#split(segment);
    return 0;
  }

  /** Gives half of the segment's values to a new one, by the first bit in which they differ. */
  #split(segment: Segment): void {
    if (segment.depth === this.#depth) {
      this.#directory = this.#directory.flatMap((each) => [each, each]);
      this.#depth++;
    }
    const bit = 31 - segment.depth++;
    const other = newSegment(segment.depth);
    const values = splitting;
    values.set(segment.entries);
    segment.entries.fill(0);
    segment.count = 0;
    for (let at = 0; at < values.length; at += 3) {
      const [leading, rest, line] = [values[at]!, values[at + 1]!, values[at + 2]!];
      if (line === 0) continue;
      const target = (leading >>> bit) & 1 ? other : segment;
      put(target, placeIn(target, leading, rest), leading, rest, line);
    }
    const directoryBit = this.#depth - segment.depth;
    this.#directory.forEach((each, index) => {
      if (each === segment && (index >>> directoryBit) & 1) this.#directory[index] = other;
    });
  }
}

/** What a segment held while it is split. */
const splitting = new Uint32Array(3 * segmentSize);

const newSegment = (depth: number): Segment => ({
  depth,
  count: 0,
  entries: new Uint32Array(3 * segmentSize),
});

/** Where the hash is, or where it belongs. */
function placeIn({ entries }: Segment, leading: number, other: number): number {
  let place = 3 * (other % segmentSize);
  while (entries[place + 2] !== 0 && (entries[place] !== leading || entries[place + 1] !== other)) {
    place += 3;
    if (place === entries.length) place = 0;
  }
  return place;
}

function put(segment: Segment, place: number, leading: number, other: number, line: number): void {
  segment.entries[place] = leading;
  segment.entries[place + 1] = other;
  segment.entries[place + 2] = line;
  segment.count++;
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
