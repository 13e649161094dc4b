import { CliError, MisuseError } from './errors.js';
import { commandFor } from './invocation.js';

const timeoutMs = 30_000;

/** An answer of the operator-facing listener. */
export interface Fetched {
  readonly status: number;
  /** Content-Type; empty where there is none. */
  readonly type: string;
  readonly text: string;
  readonly headers: Headers;
}

/** Asks the operator-facing listener. @throws CliError where no server answers, which says what to do */
export async function fetchFrom(url: URL, request: RequestInit): Promise<Fetched> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(url, { ...request, redirect: 'error', signal });
    const type = answer.headers.get('content-type') ?? '';
    return { status: answer.status, type, text: await answer.text(), headers: answer.headers };
  } catch (error) {
    throw unanswered(url, error as Error);
  }
}

/** No server answers: what the person at the terminal is told of it. */
export function unanswered({ origin, port }: URL, error: Error): CliError {
  const { code, message } = (error.cause ?? error) as { code?: unknown; message?: string };
  if (message === 'bad port')
    return new MisuseError(
      `Nothing was asked of ${origin}: web clients never connect to port ${port} (fetch calls it a bad port).\n` +
        'Name the operator-facing listener with --server, and where it has that port, give it another with SMDP_ADMIN_PORT.',
      { cause: error },
    );
  const reason = typeof code === 'string' ? code : message || error.message;
  return new CliError(
    `No server answers at ${origin} (${reason}).\n` +
      `Start one with '${commandFor('serve')}' in another terminal, or name its operator-facing listener with --server.`,
    { cause: error },
  );
}
