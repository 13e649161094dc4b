/** Longest payload of a frame, in octets. */
const longest = 0xffff;

/** Puts a payload into a frame: its length in two octets, big-endian, then the payload. */
export function frame(payload: Buffer): Buffer {
  if (payload.length > longest)
    throw new RangeError(`a frame holds ${longest} octets, not ${payload.length}`);
  return Buffer.concat([Buffer.of(payload.length >> 8, payload.length & 0xff), payload]);
}

/** Cuts a stream of octets into the payloads of its frames. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** Whether the octets so far end in the middle of a frame. */
  get isPartial(): boolean {
    return this.#rest.length > 0;
  }

  /** Adds octets of the stream. Returns the payloads that are complete now. */
  push(octets: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, octets]);
    const payloads: Buffer[] = [];
    while (this.#rest.length >= 2) {
      const end = 2 + this.#rest.readUInt16BE();
      if (this.#rest.length < end) break;
      payloads.push(this.#rest.subarray(2, end));
      this.#rest = this.#rest.subarray(end);
    }
    return payloads;
  }
}
