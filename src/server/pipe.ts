import { Duplex } from 'node:stream';

/** Two ends of a connection within this process: what is written to one is read from the other. */
export function pipe(): readonly [Duplex, Duplex] {
  const [one, other] = [new End(), new End()];
  one.join(other);
  other.join(one);
  return [one, other];
}

class End extends Duplex {
  #other!: End;
  /** Tells the other end that it may write on. */
  #isRead: (() => void) | undefined;

  join(other: End): void {
    this.#other = other;
  }

  override _read(): void {
    const isRead = this.#isRead;
    this.#isRead = undefined;
    isRead?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, written: () => void): void {
    this.#other.push(chunk);
    this.#other.#isRead = written;
  }

  override _final(done: () => void): void {
    this.#other.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // What was written before is read first.
    setImmediate(() => this.#other.destroy());
    done(error);
  }
}
