import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ExchangeEntry, Loss, FilterMember } from '../../instruments/journal/index.js';
import type { ControlContext } from '../context.js';
import { closingOf, clientGoneSignal } from '../http/closing.js';
import { fieldProblem, Problem, ProblemDetails, problemResponses, problemType } from '../http/problem.js';
import { isoTime } from '../iso-time.js';
import { joined, viewFrom } from '../http/view.js';
import { scopeOf } from '../scope.js';
import {
  boundsInWords,
  boundsOf,
  Count,
  isCertain,
  isDecided,
  isWithin,
  NearMiss,
  nearMisses,
} from './expectation.js';
import { faultMembers, filterOf, resultMembers, sinceMember, traitMembers, unservedMember } from './query.js';
import { summaryView } from './summary.js';
import { timeoutMember, waitUntil } from './wait.js';

/** Body of `POST /verify`: the expectation. */
export const VerifyRequest = Type.Object(
  {
    expect: Type.Object(
      { ...traitMembers, ...resultMembers, ...faultMembers, unserved: unservedMember },
      {
        additionalProperties: false,
        description: 'members that the exchanges must have, as in the query of /exchanges',
      },
    ),
    count: Type.Optional(Count),
    since: sinceMember,
    timeout: timeoutMember,
    during: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 300,
        description:
          'a number of seconds, at most 300, for which the expectation must hold; the server answers after that time, or as soon as the expectation no longer holds',
      }),
    ),
  },
  { additionalProperties: false },
);
export type VerifyRequest = Static<typeof VerifyRequest>;

const matchingView = viewFrom<{ readonly matching: readonly ExchangeEntry[] }>()((member) => ({
  count: member(
    Type.Integer({ description: 'number of exchanges that match' }),
    ({ matching }) => matching.length,
  ),
  exchanges: member(
    Type.Array(summaryView.schema, { description: 'the newest 100 of these exchanges' }),
    ({ matching }) => matching.slice(-100).map(summaryView.of),
  ),
}));

const verified = joined(
  viewFrom()((member) => ({ ok: member(Type.Literal(true), () => true as const) })),
  matchingView,
);

/** Answer of `POST /verify` if the expectation is met. */
export const Verified = verified.schema;
export type Verified = Static<typeof Verified>;

interface Unmet {
  readonly problem: Problem;
  readonly matching: readonly ExchangeEntry[];
  readonly misses: readonly NearMiss[];
}

const unverified = joined(
  joined(
    { schema: ProblemDetails, of: ({ problem }: Unmet) => problem.details },
    viewFrom<Unmet>()((member) => ({ ok: member(Type.Literal(false), () => false as const) })),
  ),
  joined(
    matchingView,
    viewFrom<Unmet>()((member) => ({
      nearMisses: member(
        Type.Array(NearMiss, { description: 'exchanges that match except for a few members' }),
        ({ misses }) => [...misses],
      ),
    })),
  ),
);

/** Answer of `POST /verify` if the expectation is not met. */
export const Unverified = unverified.schema;
export type Unverified = Static<typeof Unverified>;

/**
 * `POST /verify`: checks that the expected number of exchanges took place. With `timeout`, the call waits for these
 * exchanges. With `during`, it also checks that their number stays right for that time.
 */
export function verify(app: FastifyInstance, context: ControlContext): void {
  const closing = closingOf(app);
  const schema = {
    tags: ['journal'],
    summary: 'Verify that exchanges took place; with timeout, wait for them',
    body: VerifyRequest,
    response: {
      200: Verified,
      417: { description: 'not as expected', content: { [problemType]: { schema: Unverified } } },
      ...problemResponses,
    },
  };
  app.post<{ Body: VerifyRequest }>('/verify', { schema }, async (request, reply) => {
    const { journal } = scopeOf(context, request);
    if (!journal.isKept)
      throw new Problem(409, 'the journal is off; start the server with SMDP_JOURNAL above 0');
    const { expect, count, since, timeout = 0, during = 0 } = request.body;
    const unserved = expect.unserved ?? (namesUnserved(expect) ? undefined : false);
    const filter = filterOf({
      ...expect,
      ...(unserved !== undefined && { unserved }),
      ...(since !== undefined && { since }),
    });
    const bounds = boundsOf(count);
    const signal = clientGoneSignal(reply, closing);
    const isHopeless = (): boolean => bounds.greatest < Infinity && journal.lost(filter) !== undefined;
    const tally = await journal.tally(filter);
    try {
      await waitUntil({ journal: tally, timeout: timeout * 1000, signal }, () =>
        isDecided(tally.count, bounds) || isHopeless() ? true : undefined,
      );
      if (during > 0 && isWithin(tally.count, bounds))
        await waitUntil({ journal: tally, timeout: during * 1000, signal }, () =>
          isWithin(tally.count, bounds) && !isHopeless() ? undefined : true,
        );
    } finally {
      tally.end();
    }
    const matching = tally.exchanges;
    const lost = journal.lost(filter);
    if (lost && !isCertain(matching.length, bounds)) throw tooLate(lost, boundsInWords(bounds));
    if (isWithin(matching.length, bounds)) return verified.of({ matching });
    const misses = await nearMisses(journal.candidates(filter), filter, nameIn(expect));
    const detail = `${boundsInWords(bounds)} expected, ${matching.length} found${inWords(misses)}`;
    return reply
      .code(417)
      .type(problemType)
      .send(unverified.of({ problem: new Problem(417, detail), matching, misses }));
  });
}

/** Whether `expect` asks for failed connections. By default, these do not count, because tests normally count requests. */
const namesUnserved = ({
  interface: asked,
  function: name,
  result,
  status,
}: VerifyRequest['expect']): boolean =>
  ['TLS', 'HTTP'].includes(asked ?? '') ||
  ['handshake', 'request'].includes(name ?? '') ||
  /^(TLS|HTTP) /.test(result ?? status ?? '');

/** The name that the caller used for a member: `status` is another name of `result`. */
const nameIn =
  ({ result, status }: VerifyRequest['expect']) =>
  (trait: FilterMember): string =>
    trait === 'result' && result === undefined && status !== undefined ? 'status' : trait;

const tooLate = ({ id, at }: Loss, bounds: string): Problem =>
  fieldProblem(
    'since',
    `the journal has dropped exchanges of this period, up to exchange ${id} of ${isoTime(at)}, so the server cannot tell whether there were ${bounds}`,
    'take `last` from GET /exchanges just before the requests that you want to count, and give this value as `since`; or start the server with a greater SMDP_JOURNAL',
    409,
  );

function inWords([first]: readonly NearMiss[]): string {
  if (!first) return '';
  const { exchange, differs } = first;
  const differences = differs.map(
    ({ member, expected, actual }) => `${member} is ${actual ?? 'not known'} instead of ${expected}`,
  );
  return `; nearest is exchange ${exchange.id} (${exchange.function}): ${differences.join(', ')}`;
}
