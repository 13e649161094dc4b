import type { ProblemDetails } from '../control/index.js';
import type { ControlCall } from '../server/index.js';
import { ControlError } from './errors.js';

/** Values of a query; those that are undefined are left out, those of a list are repeated. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly (string | number)[] | undefined>
>;

/** What a call sends beside method and path. */
export interface CallOptions {
  readonly query?: Query | undefined;
  /** JSON, or octets. */
  readonly body?: object | undefined;
}

/**
 * Makes a call of the control API without a connection.
 *
 * @throws ControlError
 */
export type Call = <Answer>(
  method: ControlCall['method'],
  path: string,
  options?: CallOptions,
) => Promise<Answer>;

/** @param headers of every call */
export const callsOf =
  (
    control: (call: ControlCall) => Promise<{ readonly status: number; readonly body: string }>,
    headers: Readonly<Record<string, string>> = {},
  ): Call =>
  async <Answer>(method: ControlCall['method'], path: string, { query = {}, body }: CallOptions = {}) => {
    const answer = await control({ method, path: `${path}${queryText(query)}`, body, headers });
    if (answer.status >= 400) throw errorOf(answer);
    return (answer.body === '' ? undefined : JSON.parse(answer.body)) as Answer;
  };

function queryText(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const each of [value].flat()) parameters.append(name, String(each));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function errorOf({ status, body }: { readonly status: number; readonly body: string }): ControlError {
  const { detail, errors, refusal } = JSON.parse(body) as ProblemDetails;
  return new ControlError(detail, status, errors, refusal);
}

/** One step of a path. */
export const step = (name: string): string => encodeURIComponent(name);
