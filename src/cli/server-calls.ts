import type { IncomingHttpHeaders } from 'node:http';
import { callsBy, type Calls } from '../library/calls.js';
import { callsOf } from '../library/call.js';
import { ConnectionError, reasonOf } from '../library/connection-error.js';
import { ControlError } from '../library/errors.js';
import { httpCalls } from '../library/http-calls.js';
import { inNamespace } from '../library/namespace.js';
import { answerIn, type ControlAnswer, type ControlCall, type ControlCalls } from '../server/index.js';
import { CliError } from './errors.js';
import { commandFor } from './invocation.js';
import { print } from './output.js';
import type { ApiFlags } from './profile/api-flags.js';
import { problemText } from './profile/problem.js';
import { serverTarget } from './profile/connect.js';

/**
 * Time limit of a call in milliseconds. In the longest call, the server first waits up to 60 seconds for devices, then
 * lets them check in.
 */
const timeoutMs = 150_000;

/** The server refused a call. `body` is the text of its problem details (RFC 9457). */
export class ApiProblem extends CliError {
  override readonly isMisuse: boolean;
  constructor(
    readonly body: string,
    /** HTTP status. */
    readonly status: number,
    /** The source of the refused request, such as a part of a file. */
    source?: string,
  ) {
    super([source, problemText(body, status)].filter(Boolean).join(': '));
    this.isMisuse = status === 400;
  }

  /** The same refusal, whose message begins with the source of the request. */
  of(source: string): ApiProblem {
    return new ApiProblem(this.body, this.status, source);
  }
}

/** An answer and its unparsed text. */
interface Received {
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

/** A running server, for commands. */
export interface ServerConnection {
  /** Base URL of the operator-facing listener, such as `http://localhost:8080`. */
  readonly server: string;
  /** The typed calls of the control API. */
  readonly calls: Calls;
  /** Makes a call. The caller reads the answer while it arrives. */
  readonly open: ControlCalls['open'];
  /** The answer to the newest call. */
  readonly last: () => Received;
}

/**
 * Runs a function with the server named by the options or the environment.
 *
 * @throws ApiProblem if the server refuses; CliError with advice if no server answers; ConfigError for a wrong setting
 */
export async function withServer<T>(
  flags: ApiFlags,
  use: (connection: ServerConnection) => Promise<T>,
): Promise<T> {
  const { server, token, namespace } = serverTarget(flags);
  const http = httpCalls(new URL(server), token);
  const { open } = namespace === undefined ? http : inNamespace(http, namespace);
  let received: Received = { text: '', headers: {} };
  const call = async (what: ControlCall): Promise<ControlAnswer> => {
    const message = await open(what, AbortSignal.timeout(timeoutMs));
    const answer = await answerIn(message);
    received = { text: answer.body, headers: message.headers };
    const { status, type } = answer;
    if (status >= 400 && !type.startsWith('application/problem+json')) throw noAnswer(server, status, type);
    return answer;
  };
  try {
    return await use({ server, calls: callsBy(callsOf(call), open), open, last: () => received });
  } catch (error) {
    if (error instanceof ControlError) throw new ApiProblem(received.text, error.status);
    throw error instanceof ConnectionError ? inWords(error, server) : error;
  } finally {
    http.close();
  }
}

/** Makes a call and prints its answer: unchanged with `--json`, formatted by `show` otherwise. */
export async function callApi<T>(
  flags: ApiFlags,
  call: (calls: Calls) => Promise<T>,
  show: (value: T) => void | Promise<void>,
): Promise<void> {
  try {
    await withServer(flags, async ({ calls, last }) => {
      const value = await call(calls);
      if (flags.json) print(last().text);
      else await show(value);
    });
  } catch (error) {
    if (flags.json && error instanceof ApiProblem) print(error.body);
    throw error;
  }
}

const noAnswer = (server: string, status: number, type: string): CliError =>
  new CliError(
    `${server} answers with HTTP status ${status} and ${type || 'no content type'}.\nIs that the operator-facing listener of a mock-smdp? If not, name it with --server.`,
  );

/** Explains to the user why the server cannot be used. */
export function inWords(error: ConnectionError, server: string): CliError {
  const { failure } = error;
  if (failure.kind === 'notAMock') return noAnswer(server, failure.status, failure.type);
  if (failure.kind === 'refused') return new ApiProblem(failure.body, 401);
  if (isTimeout(error.cause))
    return new CliError(
      `${new URL(server).origin} has not answered within ${timeoutMs / 1000} seconds. It may still be carrying out the command: see what it has done before you repeat the command.`,
      { cause: error },
    );
  return new CliError(
    `No server answers at ${new URL(server).origin} (${reasonOf(error.cause instanceof Error ? error.cause : error)}).\n` +
      `Start one with '${commandFor('serve')}' in another terminal, or name its operator-facing listener with --server.`,
    { cause: error },
  );
}

/** Whether an error, or its cause, says that the time of an AbortSignal has run out. */
const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || isTimeout(error.cause));
