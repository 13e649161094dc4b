import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';

const formats: Readonly<Record<string, 'csv' | 'ndjson'>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
};

/** What says nothing of the format: it is taken as the file begins. */
const anyFormat = ['text/plain', 'application/octet-stream'];

/** Passes files on as they arrive, whatever their size. */
export function takeManifests(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser([...Object.keys(formats), ...anyFormat], (_request, body, parsed) =>
    parsed(null, body),
  );
  app.addContentTypeParser('*', (_request, _body, parsed) =>
    parsed(new Problem(415, 'send the file with Content-Type: text/csv or application/x-ndjson')),
  );
}

/** The format that the request names; `undefined` where it leaves that open. */
export const formatNamed = ({ headers }: FastifyRequest): 'csv' | 'ndjson' | undefined =>
  formats[headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''];

/** The file in the body of a request. Leaving off in the middle leaves the connection open, for the answer. */
export function fileIn({ body }: FastifyRequest): AsyncIterable<Buffer> {
  const stream = body as IncomingMessage;
  if (typeof stream.iterator !== 'function')
    throw new Problem(400, 'the body is empty; send a manifest in it');
  return stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
}

/** For how long the rest of a file that is not wanted any more is taken and thrown away, in milliseconds. */
const patience = 5000;

/** Lets a client that is still sending read the answer, which it would miss if the connection were closed at once. */
export function discardRest({ raw }: FastifyRequest): void {
  if (raw.complete) return;
  raw.resume();
  setTimeout(() => raw.complete || raw.destroy(), patience).unref();
}

/** Raised when nobody waits for the answer any more. */
export function whenLeft({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished)
      controller.abort(new Problem(400, 'the client left before the import was done'));
  });
  return controller.signal;
}
