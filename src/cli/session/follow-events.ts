import { setTimeout as wait } from 'node:timers/promises';
import { eventsIn, type ServerSentEvent } from '../../base/server-sent-events.js';
import { CliError } from '../errors.js';
import { unanswered } from '../fetch-from.js';
import { ApiProblem, type ControlApi } from '../profile/control-api.js';
import { problemText } from '../profile/problem.js';

/** Between two attempts to reach a server that has gone, in milliseconds. */
const pause = 500;

export interface Following {
  /** The id of an event after which to begin; absent: only what is to come. */
  readonly since?: string | undefined;
  readonly signal: AbortSignal;
  /** Is told when the server has gone, and when it is there again. */
  readonly changed: (isThere: boolean) => void;
}

/**
 * The events of a server as they happen, until `signal` is aborted. A server that goes and comes back is followed on, from the
 * last event that came.
 *
 * @throws CliError where no server answers at first, ApiProblem where it refuses
 */
export async function* followEvents(
  api: ControlApi,
  { since, signal, changed }: Following,
): AsyncGenerator<ServerSentEvent, void> {
  let last = since;
  let isThere: boolean | undefined;
  while (!signal.aborted) {
    try {
      const texts = await open(api, last, signal);
      if (isThere === false) changed(true);
      isThere = true;
      for await (const event of eventsIn(texts)) {
        last = event.id ?? last;
        yield event;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isThere === undefined || error instanceof CliError) throw error;
    }
    if (signal.aborted) return;
    if (isThere) changed(false);
    isThere = false;
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}

async function open(
  api: ControlApi,
  last: string | undefined,
  signal: AbortSignal,
): Promise<AsyncIterable<string>> {
  const { url, caller } = api.target(['events'], { since: last });
  const answer = await fetch(url, { headers: caller, redirect: 'error', signal }).catch((error: unknown) => {
    throw new Gone(url, error as Error);
  });
  const { ok, status, headers, body } = answer;
  if (ok && body) return body.pipeThrough(new TextDecoderStream());
  const text = await answer.text();
  if (headers.get('content-type')?.startsWith('application/problem+json'))
    throw new ApiProblem(problemText(text, status), text, status);
  throw new CliError(`${url.origin} answers with HTTP status ${status}. Is that a mock-smdp?`);
}

/** Nothing listens: an error only for whoever has not been there yet. */
class Gone extends Error {
  constructor(
    readonly url: URL,
    override readonly cause: Error,
  ) {
    super(cause.message);
  }
}

/** What a person is told of an error that {@link followEvents} raises. */
export const explainGone = (error: unknown): unknown =>
  error instanceof Gone ? unanswered(error.url, error.cause) : error;
