import { createHash } from 'node:crypto';
import type { Exchange } from '../../exchanges/index.js';
import type { Members } from './messages.js';
import { shown } from './shown.js';

type Body = Readonly<Record<string, unknown>>;

/** Number of calls to remember. The oldest are forgotten first. */
const mostKept = 1000;

/** Remembers calls between servers by functionCallIdentifier, which must identify exactly one call (SGP.22 5.3). */
export class CallsSeen {
  /** Maps the digest of requester and identifier to the digest of the call. Oldest first. */
  readonly #seen = new Map<string, string>();

  /** Records a deviation if the functionCallIdentifier was already used for a different call. */
  check(exchange: Exchange, body: Body, members: Members): void {
    const caller = callerIn(body);
    if (!caller) return;
    const key = digest([exchange.interfaceName, ...caller]);
    const content = digest([exchange.functionName, ...contentOf(body, members)]);
    const before = this.#seen.get(key);
    if (before !== undefined && before !== content)
      exchange.noteDeviation(
        '5.3',
        `functionCallIdentifier ${shown(caller[1])} was already used for a different call`,
      );
    this.#seen.delete(key);
    this.#seen.set(key, content);
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size <= mostKept) break;
      this.#seen.delete(oldest);
    }
  }
}

/** Requester and identifier of the call, if both are strings. */
function callerIn({ header }: Body): readonly [string, string] | undefined {
  if (typeof header !== 'object' || header === null) return undefined;
  const { functionRequesterIdentifier: requester, functionCallIdentifier: id } = header as Body;
  return typeof requester === 'string' && typeof id === 'string' ? [requester, id] : undefined;
}

/**
 * The members that the function reads, in a fixed order. An empty member counts as absent, except an empty MatchingID.
 */
const contentOf = (body: Body, members: Members): unknown[] =>
  Object.entries(members)
    .filter(([, encoding]) => encoding !== 'header')
    .map(([name, encoding]) => (body[name] === '' && encoding !== 'matchingId' ? null : scalar(body[name])));

/**
 * Maps lists and objects to null. The function refuses them anyway, and deep nesting could overflow the stack of
 * `JSON.stringify`.
 */
const scalar = (value: unknown): unknown => (typeof value === 'object' ? null : (value ?? null));

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64');
