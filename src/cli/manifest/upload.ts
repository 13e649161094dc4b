import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream';
import { CliError } from '../errors.js';
import { unanswered } from '../fetch-from.js';
import { ApiProblem, type ControlApi } from '../profile/control-api.js';
import { problemText } from '../profile/problem.js';
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
  api: ControlApi,
  { stream, size, format }: ManifestInput,
  query: Record<string, string>,
): AsyncGenerator<ImportEvent, void> {
  const { url, caller } = api.target(['manifests'], query);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = send(url, {
    method: 'POST',
    headers: {
      ...caller,
      'Content-Type': format ? types[format] : anyType,
      Accept: types.ndjson,
      ...(size !== undefined && { 'Content-Length': size }),
    },
  });
  // A server that refuses early answers and closes the connection. Its answer then explains the error.
  request.on('error', () => undefined);
  pipeline(stream, request, () => undefined);
  try {
    yield* eventsOf(await answerTo(request, url));
  } finally {
    stream.destroy();
    request.destroy();
  }
}

async function answerTo(request: ClientRequest, url: URL): Promise<IncomingMessage> {
  try {
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    return answer;
  } catch (error) {
    throw unanswered(url, error as Error);
  }
}

async function* eventsOf(answer: IncomingMessage): AsyncGenerator<ImportEvent, void> {
  const { statusCode = 0, headers } = answer;
  if (statusCode !== 200 || !headers['content-type']?.startsWith(types.ndjson)) {
    const text = await textOf(answer);
    throw new ApiProblem(problemText(text, statusCode), text, statusCode);
  }
  try {
    for await (const line of linesOf(answer)) {
      const event = JSON.parse(line) as ImportEvent;
      if (event.kind === 'failed') {
        const text = JSON.stringify(event.problem);
        throw new ApiProblem(problemText(text, event.problem.status), text, event.problem.status);
      }
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

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
