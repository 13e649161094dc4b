import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { requestInProcess, type InProcessRequest } from './in-process.js';

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
  { method, path, body, headers }: ControlCall,
  token: string | undefined,
): InProcessRequest => ({
  method,
  path: `/api/v1${path}`,
  headers: { ...authorization(token), ...headers, ...typeOf(body) },
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
