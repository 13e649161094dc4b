import Type, { type Static } from 'typebox';
import type { ExchangeFilter } from '../../exchanges/journal/index.js';
import { canonicalIccid } from '../../rsp/index.js';
import { fieldProblem } from '../http/problem.js';

const text = (description: string) => Type.Optional(Type.String({ description }));

/** What exchanges are told apart by. */
export const traitMembers = {
  session: text('a TransactionId, hex digits'),
  eid: text('an EID'),
  matchingId: text('a MatchingID; empty: look-up by EID'),
  iccid: text('an ICCID'),
  function: text('a function, as SGP.22 spells it: authenticateClient'),
  interface: text('ES9+, ES2+, ES11 or ES12'),
};

/** How exchanges ended. */
export const resultMembers = {
  result: text('Executed-Success, a status code (8.2.6/3.8), HTTP 500, interrupted'),
  status: text('the same as result'),
};

/** `since`, in queries and in expectations. */
export const sinceMember = text('only what came after: the id of an exchange, or an instant as in ISO 8601');

/** The query of calls that list, export or remove exchanges. */
export const ExchangeQuery = Type.Object(
  {
    ...traitMembers,
    ...resultMembers,
    since: sinceMember,
  },
  { additionalProperties: false },
);
export type ExchangeQuery = Static<typeof ExchangeQuery>;

/** The filter that a query stands for. @throws Problem 400 for what is no point in time */
export function filterOf({ since, iccid, status, ...traits }: ExchangeQuery): ExchangeFilter {
  return {
    ...(status !== undefined && { result: status }),
    ...traits,
    ...(iccid !== undefined && { iccid: canonicalIccid(iccid) }),
    ...sinceOf(since),
  };
}

const instant = /^\d{4}-\d{2}-\d{2}T/;

/** @throws Problem 400 */
export function sinceOf(since: string | undefined): Pick<ExchangeFilter, 'after' | 'since'> {
  if (since === undefined) return {};
  if (/^\d{1,15}$/.test(since)) return { after: Number(since) };
  const at = instant.test(since) ? Date.parse(since) : NaN;
  if (!Number.isNaN(at)) return { since: at };
  throw fieldProblem(
    'since',
    `'${since}' is no point in time`,
    'give the id of an exchange, or an instant such as 2030-06-01T12:00:00Z',
  );
}

/** Whether what is secret is shown. */
export const SecretsQuery = Type.Object(
  {
    secrets: Type.Optional(
      Type.Boolean({
        description: 'true: show confirmation codes, one-time private keys and session keys too',
      }),
    ),
  },
  { additionalProperties: false },
);
export type SecretsQuery = Static<typeof SecretsQuery>;
