import { request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { pipe } from './pipe.js';

/** A call of the control API. */
export interface ControlCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, with its query. */
  readonly path: string;
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

/** The control API for the process that the server runs in. */
export interface ControlCalls {
  readonly call: (call: ControlCall) => Promise<ControlAnswer>;
  /** The answer as it arrives; aborting ends it. */
  readonly open: (call: ControlCall, signal?: AbortSignal) => Promise<IncomingMessage>;
}

/**
 * Makes calls over connections that never leave the process: all else is as over the network. Fastify's own way of doing
 * so is for its tests; its helper packages are not for every Node that this one runs on.
 */
export function controlCalls(operators: FastifyInstance, token: string | undefined): ControlCalls {
  const open = (
    { method, path, body, headers }: ControlCall,
    signal?: AbortSignal,
  ): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const [ours, theirs] = pipe();
      operators.server.emit('connection', theirs);
      const sent = request({
        method,
        path: `/api/v1${path}`,
        headers: { host: 'localhost', ...authorization(token), ...headers, ...typeOf(body) },
        createConnection: () => ours,
        ...(signal && { signal }),
      });
      sent.once('response', resolve).once('error', reject);
      if (body instanceof Readable) body.once('error', (error) => sent.destroy(error)).pipe(sent);
      else sent.end(Buffer.isBuffer(body) ? body : body && JSON.stringify(body));
    });

  return {
    open,
    async call(call) {
      const answer = await open(call);
      const octets = await buffer(answer);
      const { statusCode: status = 0, headers } = answer;
      return { status, type: headers['content-type'] ?? '', body: octets.toString(), octets };
    },
  };
}

const authorization = (token: string | undefined) =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

function typeOf(body: object | undefined): Record<string, string> {
  if (body === undefined) return {};
  const isFile = Buffer.isBuffer(body) || body instanceof Readable;
  return { 'content-type': isFile ? 'application/octet-stream' : 'application/json' };
}
