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

/** Media types that do not name the format. The server then detects the format from the beginning of the file. */
const anyFormat = ['text/plain', 'application/octet-stream'];

/** Accepts files of any size as streams. */
export function takeManifests(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser([...Object.keys(formats), ...anyFormat], (_request, body, parsed) =>
    parsed(null, body),
  );
  app.addContentTypeParser('*', (_request, _body, parsed) =>
    parsed(new Problem(415, 'send the file with Content-Type: text/csv or application/x-ndjson')),
  );
}

/** The format that the Content-Type names; `undefined` if it names none. */
export const formatNamed = ({ headers }: FastifyRequest): 'csv' | 'ndjson' | undefined =>
  formats[headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''];

/** The file in the body of a request. If the reader stops early, the connection stays open for the answer. */
export function fileIn({ body }: FastifyRequest): AsyncIterable<Buffer> {
  const stream = body as IncomingMessage;
  if (typeof stream.iterator !== 'function')
    throw new Problem(400, 'the body is empty; send the manifest as the body');
  return steady(stream.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>);
}

/** Longest wait for the next chunk of an upload, in milliseconds. */
const longestPause = 10_000;

/** Minimum rate of an upload, in octets per second of waiting. Applies once all waits together exceed `longestPause`. */
const leastRate = 4096;

/**
 * Yields the chunks of an upload. Gives up if the upload pauses or is too slow, because other imports wait for the end of this upload.
 *
 * @throws Problem 408 if the upload is too slow
 */
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
    // Not awaited, because a stalled source returns only after its next chunk.
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
  new Problem(408, 'the file arrived too slowly; nothing was imported. Send the file again without pauses');

/** After the answer, the server reads and discards the rest of a file for at most this time, in milliseconds. */
const patience = 5000;

/** Reads on while the client is still sending. If the server closed the connection at once, the client would lose the answer. */
export function discardRest({ raw }: FastifyRequest): void {
  if (raw.complete) return;
  raw.resume();
  setTimeout(() => raw.complete || raw.destroy(), patience).unref();
}
