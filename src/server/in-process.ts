import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { pipe } from './pipe.js';

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
