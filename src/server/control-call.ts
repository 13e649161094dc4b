import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** A call of the control API. */
export interface ControlCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, with its query. */
  readonly path: string;
  /** JSON, or a file: its octets, or a stream of them. */
  readonly body?: object | undefined;
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

/** Makes calls without a connection: through the checks and the handlers that an HTTP request goes through. */
export const controlCalls =
  (operators: FastifyInstance, token: string | undefined) =>
  async ({ method, path, body }: ControlCall): Promise<ControlAnswer> => {
    const isFile = Buffer.isBuffer(body) || body instanceof Readable;
    const answer = await operators.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        host: 'localhost',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(isFile && { 'content-type': 'application/octet-stream' }),
      },
      ...(body && { payload: body }),
    });
    return {
      status: answer.statusCode,
      type: String(answer.headers['content-type'] ?? ''),
      body: answer.payload,
      octets: answer.rawPayload,
    };
  };
