/** Splits a stream of PostgreSQL's protocol into messages. */
export class Messages {
  #rest: Buffer = Buffer.alloc(0);
  #hasType: boolean;

  /** @param side the client's first message has no type */
  constructor(side: 'client' | 'server') {
    this.#hasType = side === 'server';
  }

  /** The messages that are complete now. */
  *of(octets: Buffer): Iterable<Buffer> {
    this.#rest = Buffer.concat([this.#rest, octets]);
    for (;;) {
      const head = this.#hasType ? 1 : 0;
      if (this.#rest.length < head + 4) return;
      const end = head + this.#rest.readUInt32BE(head);
      if (this.#rest.length < end) return;
      const message = this.#rest.subarray(0, end);
      this.#rest = this.#rest.subarray(end);
      this.#hasType = true;
      yield message;
    }
  }
}
