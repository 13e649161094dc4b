import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
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
  return steady(stream.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>);
}

/** Longest pause in an upload, in milliseconds. */
const longestPause = 10_000;

/** Octets per second that an upload has to come to, once it was waited for longer than `longestPause` in all. */
const leastRate = 4096;

/** Passes chunks on; an upload that pauses or drips is given up, since other imports wait for their turn meanwhile. */
export async function* steady(chunks: AsyncIterableIterator<Buffer>): AsyncGenerator<Buffer, void> {
  let waited = 0;
  let octets = 0;
  try {
    for (;;) {
      const asked = performance.now();
      const result = await inTime(chunks.next());
      waited += performance.now() - asked;
      if (result.done) return;
      octets += result.value.length;
      if (waited > longestPause && octets < (leastRate * waited) / 1000) throw tooSlow();
      yield result.value;
    }
  } finally {
    // Not awaited: a source that keeps one waiting would not answer before its next piece.
    chunks.return?.().catch(() => undefined);
  }
}

async function inTime<T>(next: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), longestPause);
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
}

const tooSlow = (): Problem =>
  new Problem(408, 'the file did not arrive fast enough; nothing was imported. Send it again in one go');

/** For how long the rest of a file that is not wanted any more is taken and thrown away, in milliseconds. */
const patience = 5000;

/** Lets a client that is still sending read the answer, which it would miss if the connection were closed at once. */
export function discardRest({ raw }: FastifyRequest): void {
  if (raw.complete) return;
  raw.resume();
  setTimeout(() => raw.complete || raw.destroy(), patience).unref();
}
