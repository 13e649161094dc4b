import type { FastifyInstance } from 'fastify';

/** A call of the control API. */
export interface ControlCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, with its query. */
  readonly path: string;
  /** JSON, or octets. */
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface ControlAnswer {
  /** HTTP status. */
  readonly status: number;
  readonly body: string;
}

/** Makes calls without a connection: through the checks and the handlers that an HTTP request goes through. */
export const controlCalls =
  (operators: FastifyInstance, token: string | undefined) =>
  async ({ method, path, body, headers }: ControlCall): Promise<ControlAnswer> => {
    const answer = await operators.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        host: 'localhost',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
        ...(Buffer.isBuffer(body) && { 'content-type': 'application/octet-stream' }),
      },
      ...(body && { payload: body }),
    });
    return { status: answer.statusCode, body: answer.payload };
  };
