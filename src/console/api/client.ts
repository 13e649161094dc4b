import { signal } from '@preact/signals';
import { namespace } from '../router/router.js';
import { below } from '../router/root.js';
import { CallProblem } from './problem.js';

/** Whether the server refused a call because the user is not signed in. */
export const mustSignIn = signal(false);

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The body, sent as JSON unless it is a string or a file. */
  readonly body?: unknown;
  /** Media type of a body that is not JSON. */
  readonly type?: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Omits the namespace header, for calls about the whole server. */
  readonly wholeServer?: boolean;
}

/** The address of a call of the control API: `apiUrl('/profiles', { state: ['Released'] })`. */
export function apiUrl(path: string, query: Query = {}): string {
  const url = new URL(below(`api/v1${path}`));
  for (const [name, value] of Object.entries(query)) {
    const all =
      value === undefined ? [] : Array.isArray(value) ? (value as readonly string[]) : [String(value)];
    for (const one of all) url.searchParams.append(name, one);
  }
  return url.href;
}

/** The header that limits a call to the namespace in view. */
export const namespaceHeaders = (): Record<string, string> =>
  namespace.peek() === '' ? {} : { 'X-Mock-Namespace': namespace.peek() };

/** Calls the control API and returns the answer. @throws CallProblem unless the status is 2xx */
export async function send(path: string, call: Call = {}): Promise<Response> {
  const { method = 'GET', body, type, query, headers, signal: aborted, wholeServer } = call;
  const isRaw = typeof body === 'string' || body instanceof Blob;
  const answer = await fetch(apiUrl(path, query), {
    method,
    credentials: 'same-origin',
    headers: {
      Accept: 'application/json',
      ...(!wholeServer && namespaceHeaders()),
      ...(body !== undefined && { 'Content-Type': type ?? 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
    ...(aborted && { signal: aborted }),
  }).catch((error: unknown) => {
    if (aborted?.aborted) throw error;
    throw new CallProblem(0, '');
  });
  if (answer.ok) return answer;
  if (answer.status === 401) mustSignIn.value = true;
  throw await CallProblem.of(answer);
}

/** Calls the control API and returns the JSON of its answer. @throws CallProblem unless the status is 2xx */
export async function call<Answer>(path: string, options: Call = {}): Promise<Answer> {
  const answer = await send(path, options);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}
