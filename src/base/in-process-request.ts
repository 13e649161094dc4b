import { request, type IncomingMessage, type OutgoingHttpHeaders, type Server } from 'node:http';
import { Duplex, Readable } from 'node:stream';

/** A request to a server of this process. */
export interface InProcessRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders | undefined;
  readonly body?: string | Buffer | Readable | undefined;
}

/**
 * Makes a request over a connection within this process. The server handles the request like one from the network, but
 * need not listen on a port. Fastify's `inject` is not used, because it is meant for tests.
 *
 * @param signal ends the request and the answer when it is aborted
 * @returns the answer, as soon as its headers have arrived
 */
export const requestInProcess = (
  app: { readonly server: Server },
  { method, path, headers, body }: InProcessRequest,
  signal?: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const [ours, theirs] = pipe();
    app.server.emit('connection', theirs);
    const sent = request({
      ...{ method, path },
      headers: { host: 'localhost', ...headers },
      createConnection: () => ours,
      ...(signal && { signal }),
    });
    sent.once('response', resolve).once('error', reject);
    if (body instanceof Readable) body.once('error', (error) => sent.destroy(error)).pipe(sent);
    else sent.end(body);
  });

/** The two ends of a connection within this process. */
function pipe(): readonly [Duplex, Duplex] {
  const [one, other] = [new End(), new End()];
  one.join(other);
  other.join(one);
  return [one, other];
}

class End extends Duplex {
  #other!: End;
  /** Called once this end has read the last chunk, so that the other end can write again. */
  #onRead: (() => void) | undefined;

  join(other: End): void {
    this.#other = other;
  }

  override _read(): void {
    const onRead = this.#onRead;
    this.#onRead = undefined;
    onRead?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, written: () => void): void {
    this.#other.push(chunk);
    this.#other.#onRead = written;
  }

  override _final(done: () => void): void {
    this.#other.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // Waits until the other end has read the data that was already written.
    setImmediate(() => this.#other.destroy());
    done(error);
  }
}
