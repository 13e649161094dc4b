import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Duplex, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';

/** A call of the control API. */
export interface ControlCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path below `base`, with its query. */
  readonly path: string;
  /** The beginning of the path; default: `/api/v1`. */
  readonly base?: string | undefined;
  /** JSON, or a file: its octets, or a stream of them. */
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface ControlAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Content-Type; empty if there is no body. */
  readonly type: string;
  readonly body: string;
  /** The octets of the body. */
  readonly octets: Buffer;
}

/** Calls of the control API, in this process or over HTTP. */
export interface ControlCalls {
  readonly call: (call: ControlCall) => Promise<ControlAnswer>;
  /** Resolves as soon as the answer begins. Aborting `signal` ends the answer. */
  readonly open: (call: ControlCall, signal?: AbortSignal) => Promise<IncomingMessage>;
}

/** Makes calls without a network connection. They pass the same checks and handlers as HTTP requests. */
export function controlCalls(operators: FastifyInstance, token: string | undefined): ControlCalls {
  const open: ControlCalls['open'] = (call, signal) =>
    requestInProcess(operators, requestOf(call, token), signal);
  return { open, call: async (call) => answerIn(await open(call)) };
}

/** The HTTP request of a call. */
export const requestOf = (
  { method, path, base = '/api/v1', body, headers }: ControlCall,
  token: string | undefined,
): InProcessRequest => ({
  method,
  path: base + path,
  headers: { ...authorization(token), ...typeOf(body), ...headers },
  body: isFile(body) ? body : body && JSON.stringify(body),
});

/** Reads an answer to its end. */
export async function answerIn(message: IncomingMessage): Promise<ControlAnswer> {
  const octets = await buffer(message);
  const { statusCode: status = 0, headers } = message;
  return { status, type: headers['content-type'] ?? '', body: octets.toString(), octets };
}

const authorization = (token: string | undefined) =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

const isFile = (body: object | undefined): body is Buffer | Readable =>
  Buffer.isBuffer(body) || body instanceof Readable;

const typeOf = (body: object | undefined): Record<string, string> =>
  body === undefined
    ? {}
    : { 'content-type': isFile(body) ? 'application/octet-stream' : 'application/json' };

/** A request to a server of this process. */
export interface InProcessRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders | undefined;
  readonly body?: string | Buffer | Readable | undefined;
}

/**
 * Makes a request over a connection within this process. Everything else is as over the network, but the server need not
 * listen. Fastify's `inject` is meant for tests.
 *
 * @returns the answer, as soon as it begins; aborting `signal` ends it
 */
export const requestInProcess = (
  app: FastifyInstance,
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
  /** Lets the other end write again. */
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
    // The other end first reads the data that is already written.
    setImmediate(() => this.#other.destroy());
    done(error);
  }
}
