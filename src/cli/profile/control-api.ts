import { CliError } from '../errors.js';
import { fetchFrom, type Fetched } from '../fetch-from.js';
import { callerHeaders, type Caller } from './caller-headers.js';
import { problemText } from './problem.js';

/** An answer of the control API: the text as it came, and what it says. */
export interface ApiAnswer<T> {
  readonly text: string;
  readonly value: T;
}

/** The server refused; `body` is its problem details (RFC 9457), as it came. */
export class ApiProblem extends CliError {
  override readonly isMisuse: boolean;
  constructor(
    message: string,
    readonly body: string,
    /** HTTP status. */
    status: number,
  ) {
    super(message);
    this.isMisuse = status === 400;
  }
}

/** A body that is no JSON. */
export interface Content {
  readonly type: string;
  readonly octets: Buffer;
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The control API of a running server. */
export class ControlApi {
  /** @param server for instance `http://localhost:8080` */
  constructor(
    readonly server: string,
    private readonly caller: Caller = { token: undefined },
  ) {}

  /** @throws ApiProblem, CliError */
  get<T>(path: readonly string[], query: Query = {}): Promise<ApiAnswer<T>> {
    return this.#call('GET', path, query);
  }

  /** What is answered in another format than JSON. @throws ApiProblem, CliError */
  getText(path: readonly string[], query: Query = {}): Promise<Fetched> {
    return this.#fetch('GET', path, query);
  }

  /** @throws ApiProblem, CliError */
  delete<T>(path: readonly string[], query: Query = {}): Promise<ApiAnswer<T>> {
    return this.#call('DELETE', path, query);
  }

  /** @throws ApiProblem, CliError */
  post<T>(path: readonly string[], body: object, query: Query = {}): Promise<ApiAnswer<T>> {
    return this.#call('POST', path, query, {
      type: 'application/json',
      octets: Buffer.from(JSON.stringify(body)),
    });
  }

  /** @throws ApiProblem, CliError */
  upload<T>(path: readonly string[], content: Content, query: Query = {}): Promise<ApiAnswer<T>> {
    return this.#call('POST', path, query, content);
  }

  /** Where a call goes, and the headers that say who calls. */
  target(path: readonly string[], query: Query): { url: URL; caller: Record<string, string> } {
    const url = new URL(`${this.server}/api/v1/${path.map(encodeURIComponent).join('/')}`);
    for (const [name, value] of Object.entries(query)) {
      for (const each of [value ?? []].flat()) url.searchParams.append(name, each);
    }
    return { url, caller: callerHeaders(this.caller) };
  }

  async #call<T>(
    method: string,
    path: readonly string[],
    query: Query,
    content?: Content,
  ): Promise<ApiAnswer<T>> {
    const answer = await this.#fetch(method, path, query, content);
    const { text, type } = answer;
    if (!type.startsWith('application/json')) throw this.#noAnswer(answer);
    return { text, value: JSON.parse(text) as T };
  }

  async #fetch(method: string, path: readonly string[], query: Query, content?: Content): Promise<Fetched> {
    const { url, caller } = this.target(path, query);
    const headers = { ...(content && { 'Content-Type': content.type }), ...caller };
    const answer = await fetchFrom(url, { method, headers, ...(content && { body: content.octets }) });
    const { status, type, text } = answer;
    if (status >= 200 && status < 300) return answer;
    if (type.startsWith('application/problem+json'))
      throw new ApiProblem(problemText(text, status), text, status);
    throw this.#noAnswer(answer);
  }

  #noAnswer({ status, type }: Fetched): CliError {
    return new CliError(
      `${this.server} answers with HTTP status ${status} and ${type || 'no content type'}.\nIs that the operator-facing listener of a mock-smdp? --server names it.`,
    );
  }
}
