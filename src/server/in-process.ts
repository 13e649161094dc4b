import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Duplex, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';

/** A call of the control API. */
export interface ControlCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, or below `base`, with its query. */
  readonly path: string;
  /** What the path is below; default: `/api/v1`. Empty: nothing. */
  readonly base?: string | undefined;
  /** JSON, or a file: its octets, or a stream of them. */
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface ControlAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Content-Type; empty where there is no body. */
  readonly type: string;
  readonly body: string;
  /** The same as it was sent. */
  readonly octets: Buffer;
}

/** The control API, for the process that the server runs in or for another one. */
export interface ControlCalls {
  readonly call: (call: ControlCall) => Promise<ControlAnswer>;
  /** The answer as it arrives; aborting ends it. */
  readonly open: (call: ControlCall, signal?: AbortSignal) => Promise<IncomingMessage>;
}

/** Makes calls without a connection: through the checks and the handlers that an HTTP request goes through. */
export function controlCalls(operators: FastifyInstance, token: string | undefined): ControlCalls {
  const open: ControlCalls['open'] = (call, signal) =>
    requestInProcess(operators, requestOf(call, token), signal);
  return { open, call: async (call) => answerIn(await open(call)) };
}

/** A call as it goes over the wire. */
export const requestOf = (
  { method, path, base = '/api/v1', body, headers }: ControlCall,
  token: string | undefined,
): InProcessRequest => ({
  method,
  path: base + path,
  headers: { ...authorization(token), ...typeOf(body), ...headers },
  body: isFile(body) ? body : body && JSON.stringify(body),
});

/** What was answered, once all of it is there. */
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
 * Makes a request over a connection that never leaves the process: all else is as over the network, and the server need not
 * listen. Fastify's own way of doing so is for its tests; its helper packages are not for every Node that this one runs on.
 *
 * @returns the answer as it arrives; aborting ends it
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

/** Two ends of a connection within this process: what is written to one is read from the other. */
function pipe(): readonly [Duplex, Duplex] {
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
