import Type, { type Static } from 'typebox';
import { nearest } from '../../base/did-you-mean.js';
import { tlsResults } from '../../instruments/exchanges/index.js';
import type { ExchangeFilter } from '../../instruments/journal/index.js';
import { functionNames } from '../../instruments/faults/index.js';
import { canonicalIccid, withoutBlanks } from '../../wire/rsp/index.js';
import { fieldProblem } from '../http/problem.js';

const text = (description: string) => Type.Optional(Type.String({ description }));

/** Query members that select exchanges by session, order or function. */
export const traitMembers = {
  session: text('a TransactionId, hex digits'),
  eid: text('an EID'),
  matchingId: text('a MatchingID; empty: requests that look up the order by EID'),
  iccid: text('an ICCID'),
  function: text(
    'a function, as SGP.22 spells it: authenticateClient; also handshake (for TLS) and request (for HTTP)',
  ),
  interface: text(
    'ES9+, ES2+, ES11 or ES12; also TLS (connections without a request) and HTTP (requests that called no function)',
  ),
};

/** Query members that select exchanges by their result. */
export const resultMembers = {
  result: text(
    'Executed-Success, a status code (8.2.6/3.8), HTTP 500, TLS unknown_ca, unverified (a notification), interrupted',
  ),
  status: text('another name of `result`'),
};

/** Query members that select exchanges by the faults that acted on them. */
export const faultMembers = {
  fault: text(
    'the name of a fault rule that acted (`fault 3` for a rule without a name), or a MatchingID that stands for a fault',
  ),
  outcome: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'a number, counted from 1: the outcome that a fault rule chose from its list of outcomes',
    }),
  ),
};

const point = 'the id of an exchange, or a time in ISO 8601: only exchanges after this point';

/** `since` in bodies, where an id may be a JSON number. */
export const sinceMember = Type.Optional(
  Type.Union([Type.String(), Type.Integer({ minimum: 0 })], { description: point }),
);

/** Query member that selects exchanges which called no function. */
export const unservedMember = Type.Optional(
  Type.Boolean({
    description:
      'true: only connections and requests that called no function (failed handshakes, unknown paths, refused certificates); false: only requests that called a function; default: both; default in POST /verify: false, or both if another member names TLS or HTTP',
  }),
);

/** Query of the calls that list, export or remove exchanges. */
export const ExchangeQuery = Type.Object(
  {
    ...traitMembers,
    ...resultMembers,
    ...faultMembers,
    unserved: unservedMember,
    since: text(point),
  },
  { additionalProperties: false },
);
export type ExchangeQuery = Static<typeof ExchangeQuery>;

/**
 * Turns a query or an expectation into a filter of the journal.
 *
 * @throws Problem 400 for an unknown interface, function or result, and for an invalid `since`
 */
export function filterOf({
  since,
  iccid,
  status,
  outcome,
  ...given
}: Omit<ExchangeQuery, 'since'> & { readonly since?: string | number | undefined }): ExchangeFilter {
  const traits = checkedTraits(given);
  return {
    ...(status !== undefined && { result: checkedResult('status', status) }),
    ...traits,
    ...(iccid !== undefined && { iccid: canonicalIccid(iccid) }),
    ...(outcome !== undefined && { outcome: [given.fault, outcome].filter(Boolean).join(' ') }),
    ...sinceOf(since),
  };
}

const interfaces = ['ES9+', 'ES2+', 'ES11', 'ES12', 'TLS', 'HTTP'];

/**
 * The functions of SGP.22, and the names that the journal uses for connections and requests that called no function.
 */
const functions = [...functionNames, 'handshake', 'request'];

/**
 * Refuses values that no exchange can have. Otherwise the expectation `exactly 0` would always hold for a value with a typo.
 *
 * @throws Problem 400
 */
function checkedTraits<T extends Pick<ExchangeQuery, 'interface' | 'function' | 'result'>>(traits: T): T {
  const { interface: asked, function: name, result } = traits;
  if (name !== undefined) known('function', name, functions);
  return {
    ...traits,
    ...(result !== undefined && { result: checkedResult('result', result) }),
    // In a query, an unescaped plus of ES9+ arrives as a blank.
    ...(asked !== undefined && { interface: known('interface', asked.replace(/ $/, '+'), interfaces) }),
  };
}

function known(field: string, value: string, all: readonly string[]): string {
  if (all.includes(value)) return value;
  const meant = nearest(value, all);
  throw fieldProblem(
    field,
    `'${value}' is not a known ${field}`,
    meant ? `did you mean ${meant}?` : `give one of ${all.join(', ')}`,
  );
}

const resultForm =
  /^(Executed-(Success|WithWarning)|\d+(\.\d+)*\/\d+(\.\d+)*|HTTP \d{3}|unverified|interrupted)$/;

function checkedResult(field: string, given: string): string {
  const result = withoutBlanks(given);
  if (resultForm.test(result)) return result;
  if (result.startsWith('TLS ')) return known(field, result, tlsResults);
  throw fieldProblem(
    field,
    `'${result}' is not a result`,
    'give Executed-Success, a status code such as 8.2.6/3.8, HTTP 500, TLS unknown_ca, unverified or interrupted',
  );
}

const instant = /^\d{4}-\d{2}-\d{2}T/;

/** Reads an id or an instant. @throws Problem 400 for anything else */
export function sinceOf(given: string | number | undefined): Pick<ExchangeFilter, 'after' | 'since'> {
  if (given === undefined) return {};
  const since = String(given);
  if (/^\d{1,15}$/.test(since)) return { after: Number(since) };
  const at = instant.test(since) ? Date.parse(since) : NaN;
  if (!Number.isNaN(at)) return { since: at };
  throw fieldProblem(
    'since',
    `'${since}' is not a point in time`,
    'give the id of an exchange, or an instant such as 2030-06-01T12:00:00Z',
  );
}

/** Query member that asks for secrets. */
export const SecretsQuery = Type.Object(
  {
    secrets: Type.Optional(
      Type.Boolean({
        description: 'true: also show confirmation codes, one-time private keys and session keys',
      }),
    ),
  },
  { additionalProperties: false },
);
export type SecretsQuery = Static<typeof SecretsQuery>;
