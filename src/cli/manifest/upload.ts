import type { IncomingMessage } from 'node:http';
import type { ImportQuery } from '../../api/index.js';
import { withQuery } from '../../library/call.js';
import { answerIn } from '../../server/index.js';
import { CliError } from '../errors.js';
import { ApiProblem, type ServerConnection } from '../server-calls.js';
import type { ImportEvent } from './events.js';
import type { ManifestInput } from './source.js';

const types = { csv: 'text/csv', ndjson: 'application/x-ndjson' };
const anyType = 'application/octet-stream';

/**
 * Streams a manifest to a server, and yields the events with which the server reports its progress.
 *
 * @throws ApiProblem, CliError
 */
export async function* upload(
  { open }: ServerConnection,
  { stream, size, format }: ManifestInput,
  query: ImportQuery,
): AsyncGenerator<ImportEvent, void> {
  const headers = {
    accept: types.ndjson,
    'content-type': format ? types[format] : anyType,
    ...(size !== undefined && { 'content-length': String(size) }),
  };
  try {
    const path = withQuery('/manifests', query);
    yield* eventsOf(await open({ method: 'POST', path, headers, body: stream }));
  } finally {
    stream.destroy();
  }
}

async function* eventsOf(answer: IncomingMessage): AsyncGenerator<ImportEvent, void> {
  const { statusCode = 0, headers } = answer;
  if (statusCode !== 200 || !headers['content-type']?.startsWith(types.ndjson)) {
    throw new ApiProblem((await answerIn(answer)).body, statusCode);
  }
  try {
    for await (const line of linesOf(answer)) {
      const event = JSON.parse(line) as ImportEvent;
      if (event.kind === 'failed') throw new ApiProblem(JSON.stringify(event.problem), event.problem.status);
      yield event;
      if (event.kind === 'done') return;
    }
  } catch (error) {
    if (error instanceof ApiProblem) throw error;
    throw brokenOff;
  }
  throw brokenOff;
}

const brokenOff = new CliError(
  'The connection ended during the import, so its result is unknown. Import the file again: already imported rows stay unchanged.',
);

async function* linesOf(answer: IncomingMessage): AsyncGenerator<string, void> {
  let rest = '';
  for await (const text of answer.setEncoding('utf8')) {
    const lines = (rest + (text as string)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
