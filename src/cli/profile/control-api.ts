import { CliError } from '../errors.js';
import { commandFor } from '../invocation.js';
import { problemText } from './problem.js';

/** An answer of the control API: the text as it came, and what it says. */
export interface ApiAnswer<T> {
  readonly text: string;
  readonly value: T;
}

/** The server refused; `body` is its problem details (RFC 9457), as it came. */
export class ApiProblem extends CliError {
  constructor(
    message: string,
    readonly body: string,
  ) {
    super(message);
  }
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const timeoutMs = 30_000;

/** The control API of a running server. */
export class ControlApi {
  /** @param server for instance `http://localhost:8080` */
  constructor(
    readonly server: string,
    private readonly token?: string,
  ) {}

  /** @throws ApiProblem, CliError */
  get<T>(path: readonly string[], query: Query = {}): Promise<ApiAnswer<T>> {
    return this.#call('GET', path, query);
  }

  /** @throws ApiProblem, CliError */
  post<T>(path: readonly string[], body: object, query: Query = {}): Promise<ApiAnswer<T>> {
    return this.#call('POST', path, query, JSON.stringify(body));
  }

  async #call<T>(
    method: string,
    path: readonly string[],
    query: Query,
    body?: string,
  ): Promise<ApiAnswer<T>> {
    const url = new URL(`/api/v1/${path.map(encodeURIComponent).join('/')}`, this.server);
    for (const [name, value] of Object.entries(query)) {
      for (const each of [value ?? []].flat()) url.searchParams.append(name, each);
    }
    const headers = {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(this.token !== undefined && { Authorization: `Bearer ${this.token}` }),
    };
    const { status, type, text } = await this.#fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    if (status >= 200 && status < 300 && type.startsWith('application/json')) {
      return { text, value: JSON.parse(text) as T };
    }
    if (type.startsWith('application/problem+json')) throw new ApiProblem(problemText(text, status), text);
    throw new CliError(
      `${this.server} answers with HTTP status ${status} and ${type || 'no content type'}.\nIs that the operator-facing listener of a mock-smdp? --server names it.`,
    );
  }

  async #fetch(url: URL, request: RequestInit): Promise<{ status: number; type: string; text: string }> {
    try {
      const answer = await fetch(url, {
        ...request,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const type = answer.headers.get('content-type') ?? '';
      return { status: answer.status, type, text: await answer.text() };
    } catch (error) {
      throw new CliError(this.#silence(error as Error), { cause: error });
    }
  }

  #silence(error: Error): string {
    const { code, message } = (error.cause ?? error) as { code?: unknown; message?: string };
    const reason = typeof code === 'string' ? code : message || error.message;
    return (
      `No server answers at ${this.server} (${reason}).\n` +
      `Start one with '${commandFor('serve')}' in another terminal, or name its operator-facing listener with --server.`
    );
  }
}
