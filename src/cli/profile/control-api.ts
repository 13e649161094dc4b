import { CliError } from '../errors.js';
import { fetchFrom } from '../fetch-from.js';
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
    const { status, type, text } = await fetchFrom(url, {
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
}
