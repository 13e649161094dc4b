import type { ProblemDetails } from '../api/index.js';
import type { ControlAnswer, ControlCall } from '../server/index.js';
import { ControlError } from './errors.js';

/** Values of a query. Undefined values are left out. A list is sent as one parameter for each item. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly (string | number)[] | undefined>
>;

/** A request whose optional members may also be `undefined`. */
export type Asked<Request> = {
  readonly [Member in keyof Request]: Partial<Pick<Request, Member>> extends Pick<Request, Member>
    ? Request[Member] | undefined
    : Request[Member];
};

/** Query, body and headers of a call. */
export interface CallOptions {
  readonly query?: Query | undefined;
  /** An object, which is sent as JSON, or a file as Buffer or Readable. */
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Prefix of the path; default: `/api/v1`. Empty for paths such as `/readyz`. */
  readonly base?: string | undefined;
}

/**
 * Makes a call of the control API.
 *
 * @returns the body of the answer: parsed JSON, a string for other texts, a Buffer for other content; `undefined` if
 * empty
 * @throws ControlError if the server refuses the call; ConnectionError if the server cannot be reached
 */
export type CallApi = <Answer>(
  method: ControlCall['method'],
  path: string,
  options?: CallOptions,
) => Promise<Answer>;

export const callsOf =
  (control: (call: ControlCall) => Promise<ControlAnswer>): CallApi =>
  async <Answer>(
    method: ControlCall['method'],
    path: string,
    { query = {}, ...options }: CallOptions = {},
  ) => {
    const answer = await control({ method, path: withQuery(path, query), ...options });
    if (answer.status >= 400) throw errorOf(answer);
    return contentOf(answer) as Answer;
  };

/** Appends a query to a path. An empty query changes nothing. */
export function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const each of [value].flat()) parameters.append(name, String(each));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Media types that are text but not JSON. */
const texts = /^(text\/|image\/svg|application\/(x-pem|xml|yaml)|application\/[\w.]+\+xml)/;

function contentOf({ type, body, octets }: ControlAnswer): unknown {
  if (body === '') return undefined;
  if (/^application\/(\w+\+)?json\b/.test(type)) return JSON.parse(body);
  return texts.test(type) ? body : octets;
}

/** Problem details for a call that ended because the server was closed. */
const closed: ProblemDetails = {
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  detail: 'the server was closed',
  errors: [],
};

/** The error of a call made after `close()`. */
export const serverClosed = (): ControlError => new ControlError(closed, 503);

export function errorOf({ status, body }: Pick<ControlAnswer, 'status' | 'body'>): ControlError {
  const answer = JSON.parse(body) as ProblemDetails | { readonly detail?: undefined };
  return new ControlError(answer.detail === undefined ? closed : answer, status);
}

/** Gets the items of a list without pages. */
export const itemsOf = async <Item>(
  call: CallApi,
  path: string,
  query: Query = {},
): Promise<readonly Item[]> =>
  (await call<{ readonly items: readonly Item[] }>('GET', path, { query })).items;

/** Encodes one segment of a path. */
export const step = (name: string): string => encodeURIComponent(name);
