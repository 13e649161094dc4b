import { setTimeout as wait } from 'node:timers/promises';
import { eventsIn, type ServerSentEvent } from '../../base/server-sent-events.js';
import { withQuery } from '../../library/call.js';
import { ConnectionError } from '../../library/connection-error.js';
import { answerIn } from '../../server/index.js';
import { CliError } from '../errors.js';
import { ApiProblem, type ServerConnection } from '../server-calls.js';

/** Milliseconds between two attempts to reach the server again. */
const pause = 500;

export interface Following {
  /** The id of the event after which to start. Absent: only new events. */
  readonly since?: string | undefined;
  readonly signal: AbortSignal;
  /** Called when the server cannot be reached, and when it answers again. */
  readonly changed: (isThere: boolean) => void;
}

/**
 * Yields the events of a server as they happen, until `signal` is aborted. If the server restarts, continues after the last event received.
 *
 * @throws ConnectionError if no server answers the first attempt, ApiProblem if the server refuses
 */
export async function* followEvents(
  connection: ServerConnection,
  { since, signal, changed }: Following,
): AsyncGenerator<ServerSentEvent, void> {
  let last = since;
  let isThere: boolean | undefined;
  while (!signal.aborted) {
    try {
      const texts = await open(connection, last, signal);
      if (isThere === false) changed(true);
      isThere = true;
      for await (const event of eventsIn(texts)) {
        last = event.id ?? last;
        yield event;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isThere === undefined || !isGone(error)) throw error;
    }
    if (signal.aborted) return;
    if (isThere) changed(false);
    isThere = false;
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}

async function open(
  { open: request, server }: ServerConnection,
  since: string | undefined,
  signal: AbortSignal,
): Promise<AsyncIterable<string>> {
  const answer = await request({ method: 'GET', path: withQuery('/events', { since }) }, signal);
  const { statusCode: status = 0 } = answer;
  if (status === 200) return answer.setEncoding('utf8');
  const { type, body } = await answerIn(answer);
  throw type.startsWith('application/problem+json')
    ? new ApiProblem(body, status)
    : new CliError(`${server} answers with HTTP status ${status}. Is this server a mock-smdp?`);
}

/** Whether the connection failed. If so, the caller waits until the server answers again. */
const isGone = (error: unknown): boolean =>
  !(error instanceof CliError) &&
  !(error instanceof ConnectionError && ['refused', 'notAMock'].includes(error.failure.kind));
