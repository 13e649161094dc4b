import type { ProblemDetails } from '../api/index.js';
import type { ControlAnswer, ControlCall } from '../server/index.js';
import { ControlError } from './errors.js';

/** Values of a query; those that are undefined are left out, those of a list are repeated. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly (string | number)[] | undefined>
>;

/** A request whose members may be given as undefined, too. */
export type Asked<Request> = {
  readonly [Member in keyof Request]: Partial<Pick<Request, Member>> extends Pick<Request, Member>
    ? Request[Member] | undefined
    : Request[Member];
};

/** What a call sends beside method and path. */
export interface CallOptions {
  readonly query?: Query | undefined;
  /** JSON, or a file: its octets as a Buffer, or a Readable of them. */
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What the path is below; default: `/api/v1`. Empty: nothing, as for `/readyz`. */
  readonly base?: string | undefined;
}

/**
 * Makes a call of the control API. What it answers is JSON, a text, or octets.
 *
 * @throws ControlError
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

/** A path with the query behind it, if there is any. */
export function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const each of [value].flat()) parameters.append(name, String(each));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Media types of texts other than JSON. */
const texts = /^(text\/|image\/svg|application\/x-pem)/;

function contentOf({ type, body, octets }: ControlAnswer): unknown {
  if (body === '') return undefined;
  if (/^application\/(\w+\+)?json\b/.test(type)) return JSON.parse(body);
  return texts.test(type) ? body : octets;
}

/** The answer of a server that was closed before it could say more. */
const closed: ProblemDetails = {
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  detail: 'the server was closed',
  errors: [],
};

/** The error of a call that comes after `close()`. */
export const serverClosed = (): ControlError => new ControlError(closed, 503);

export function errorOf({ status, body }: Pick<ControlAnswer, 'status' | 'body'>): ControlError {
  const answer = JSON.parse(body) as ProblemDetails | { readonly detail?: undefined };
  return new ControlError(answer.detail === undefined ? closed : answer, status);
}

/** All items of a list that has no pages. */
export const itemsOf = async <Item>(
  call: CallApi,
  path: string,
  query: Query = {},
): Promise<readonly Item[]> =>
  (await call<{ readonly items: readonly Item[] }>('GET', path, { query })).items;

/** One step of a path. */
export const step = (name: string): string => encodeURIComponent(name);
