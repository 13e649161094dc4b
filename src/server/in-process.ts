import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { requestInProcess, type InProcessRequest } from '../base/in-process-request.js';

/** A call of the control API. */
export interface ControlCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path below `base`, with its query. */
  readonly path: string;
  /** The beginning of the path; default: `/api/v1`. */
  readonly base?: string | undefined;
  /** An object to send as JSON, or the content of a file as octets or as a stream. */
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

/** Makes calls without a network connection. The calls pass the same checks and handlers as HTTP requests. */
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
