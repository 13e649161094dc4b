import { randomBytes } from 'node:crypto';

/** The number of entries of a segment. A segment takes 24 KiB, which are allocated at once and never freed. */
const segmentSize = 2048;
/** A segment with more entries in use is split. */
const mostEntries = 0.85 * segmentSize;

/** A part of the hash table, with open addressing. Each entry holds a 64-bit hash and a line. Line 0 marks a free entry. */
interface Segment {
  /** Number of leading hash bits that all values of the segment share. */
  depth: number;
  count: number;
  readonly entries: Uint32Array;
}

/**
 * Remembers the values of a column, and the line of each value. A value takes about 20 octets, so millions of values fit into memory.
 *
 * The table grows by extendible hashing, one segment at a time. This avoids long pauses and garbage.
 */
export class SeenValues {
  readonly #seed = randomBytes(8);
  readonly #low = this.#seed.readUInt32LE(0);
  readonly #high = this.#seed.readUInt32LE(4);
  /** The segment for each combination of the leading `#depth` bits. */
  #directory: Segment[] = [newSegment(0)];
  #depth = 0;

  /**
   * Returns the line where the value occurred first. If the value is new, remembers it with `line` and returns 0.
   *
   * Only a 64-bit hash is stored. Among ten million values, the chance of a false match is 3 in a million. Because the
   * seed of the hash is random, nobody can craft a false match. A false match does not recur when the file is read again.
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

  /** Splits a segment in two, by the first bit in which its hashes may differ. */
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

/** Holds the entries of a segment while it is split. */
const splitting = new Uint32Array(3 * segmentSize);

const newSegment = (depth: number): Segment => ({
  depth,
  count: 0,
  entries: new Uint32Array(3 * segmentSize),
});

/** Index of the entry with this hash, or of the free entry for it. */
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

/** Four ASCII characters as one number. Characters past the end count as zero. */
const fourFrom = (value: string, at: number): number =>
  value.charCodeAt(at) |
  (value.charCodeAt(at + 1) << 8) |
  (value.charCodeAt(at + 2) << 16) |
  (value.charCodeAt(at + 3) << 24);

/** Makes every bit depend on all others (the finalizer of MurmurHash3). */
function mixed(one: number, other: number): number {
  let bits = one ^ Math.imul(other, 0x27d4eb2f);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
