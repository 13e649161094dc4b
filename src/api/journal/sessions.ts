import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { isMatchingId, type ExchangeEntry, type SessionTrace } from '../../instruments/journal/index.js';
import { nextTurn } from '../../base/turns.js';
import type { ControlContext } from '../context.js';
import { defaultLimit, limitMember } from '../http/lists.js';
import { Problem, problemResponses } from '../http/problem.js';
import { joined, viewFrom, viewOfPart } from '../http/view.js';
import { scopeOf } from '../scope.js';
import { detailsOf, ExchangeDetails } from './details.js';
import { filterOf, SecretsQuery, traitMembers } from './query.js';
import { summaryView } from './summary.js';
import { sessionView } from './session-view.js';

/** Query of `GET /sessions`. */
export const SessionQuery = Type.Object(
  {
    eid: traitMembers.eid,
    matchingId: traitMembers.matchingId,
    iccid: traitMembers.iccid,
    limit: limitMember(),
  },
  { additionalProperties: false },
);
export type SessionQuery = Static<typeof SessionQuery>;

interface FoundSessions {
  readonly matching: readonly SessionTrace[];
  /** Maximum number of sessions to list. */
  readonly limit: number;
  readonly unserved: readonly ExchangeEntry[];
  readonly withoutSession: readonly ExchangeEntry[];
}

const sessionList = viewFrom<FoundSessions>()((member) => ({
  items: member(
    Type.Array(sessionView.schema, { description: 'the newest sessions, oldest first' }),
    ({ matching, limit }) => matching.slice(-limit).map(sessionView.of),
  ),
  total: member(
    Type.Integer({ description: 'number of sessions that match the query' }),
    ({ matching }) => matching.length,
  ),
  unserved: member(
    Type.Array(summaryView.schema, {
      description:
        'the newest 20 connections and requests that called no function (failed handshakes, unknown paths, refused certificates), oldest first; empty if the query names a device, an order or a profile',
    }),
    ({ unserved }) => unserved.slice(-most).map(summaryView.of),
  ),
  withoutSession: member(
    Type.Array(summaryView.schema, {
      description:
        'the newest 20 refused calls that match the query and that devices made outside any session, oldest first',
    }),
    ({ withoutSession }) => withoutSession.slice(-most).map(summaryView.of),
  ),
}));

/** Maximum number of exchanges of other interfaces to show beside a session. */
const mostBeside = 50;

const besideInterfaces: ReadonlySet<string> = new Set(['ES2+', 'ES12']);

/** Answer of `GET /sessions`. */
export const SessionList = sessionList.schema;
export type SessionList = Static<typeof SessionList>;

/** Query of `GET /sessions/{transactionId}`. */
export const OneSessionQuery = Type.Object(
  {
    ...SecretsQuery.properties,
    beside: Type.Optional(
      Type.Boolean({
        description: `true: also show the newest ${mostBeside} exchanges of operators (ES2+) and with SM-DSs (ES12) about the same profile`,
      }),
    ),
  },
  { additionalProperties: false },
);
export type OneSessionQuery = Static<typeof OneSessionQuery>;

interface InDetail {
  readonly session: SessionTrace;
  readonly exchanges: ExchangeDetails[];
  readonly beside: ExchangeDetails[] | undefined;
}

const sessionDetails = joined(
  viewOfPart(sessionView, ({ session }: InDetail) => session),
  viewFrom<InDetail>()((member) => ({
    exchanges: member(
      Type.Array(ExchangeDetails, { description: 'every request and its answer, decoded' }),
      ({ exchanges }) => exchanges,
    ),
    beside: member(
      Type.Optional(
        Type.Array(ExchangeDetails, {
          description: 'exchanges of other interfaces, oldest first; absent without `beside` in the query',
        }),
      ),
      ({ beside }) => beside,
    ),
  })),
);

/** An RSP session with every message. */
export const SessionDetails = sessionDetails.schema;
export type SessionDetails = Static<typeof SessionDetails>;

const SessionPath = Type.Object({ transactionId: Type.String({ description: 'hex digits' }) });
type SessionPath = Static<typeof SessionPath>;

/** Maximum number of exchanges outside sessions to list, for each kind. */
const most = 20;

const ofDevices: ReadonlySet<string> = new Set(['ES9+', 'ES11']);

/**
 * A call of a device that the server refused and that belongs to no session. Notifications do not count, because they
 * need no session.
 */
const isRefusedWithoutSession = ({ session, exchange, result }: ExchangeEntry): boolean =>
  session === undefined &&
  result !== 'Executed-Success' &&
  exchange.functionName !== 'handleNotification' &&
  ofDevices.has(exchange.interfaceName);

/** `/sessions`: exchanges grouped by TransactionId. */
export function sessions(app: FastifyInstance, context: ControlContext): void {
  const list = {
    tags: ['journal'],
    summary: 'List RSP sessions',
    querystring: SessionQuery,
    response: { 200: SessionList, ...problemResponses },
  };
  app.get<{ Querystring: SessionQuery }>('/sessions', { schema: list }, (request) => {
    const { limit = defaultLimit, ...given } = request.query;
    const filter = filterOf(given);
    const { eid, matchingId, iccid } = filter;
    const { journal } = scopeOf(context, request);
    const isOfAll = [eid, matchingId, iccid].every((trait) => trait === undefined);
    const matching = [...journal.candidateSessions(filter)].filter(
      ({ known }) =>
        (eid === undefined || known.eid === eid) &&
        (matchingId === undefined || isMatchingId(known.matchingId, matchingId)) &&
        (iccid === undefined || known.iccid === iccid),
    );
    return sessionList.of({
      matching,
      limit,
      unserved: isOfAll ? journal.exchanges({ unserved: true }) : [],
      withoutSession: journal.exchanges({ ...filter, unserved: false }).filter(isRefusedWithoutSession),
    });
  });

  const show = {
    tags: ['journal'],
    summary: 'Show an RSP session with every message',
    params: SessionPath,
    querystring: OneSessionQuery,
    response: { 200: SessionDetails, ...problemResponses },
  };
  app.get<{ Params: SessionPath; Querystring: OneSessionQuery }>(
    '/sessions/:transactionId',
    { schema: show },
    async (request) => {
      const { journal, store } = scopeOf(context, request);
      const { transactionId } = request.params;
      const { secrets = false, beside = false } = request.query;
      const found = journal.session(transactionId);
      if (!found) throw new Problem(404, `the journal has no session ${transactionId}`);
      const session = { ...found, entries: [...found.entries] };
      const { iccid } = session.known;
      const others =
        !beside || iccid === undefined
          ? []
          : journal
              .exchanges({ iccid })
              .filter(({ exchange }) => besideInterfaces.has(exchange.interfaceName))
              .slice(-mostBeside);
      const detailed = async (entries: readonly ExchangeEntry[]): Promise<ExchangeDetails[]> => {
        const all: ExchangeDetails[] = [];
        for (const entry of entries) {
          await nextTurn();
          all.push(await detailsOf(store, entry, secrets));
        }
        return all;
      };
      return sessionDetails.of({
        session,
        exchanges: await detailed(session.entries),
        beside: beside ? await detailed(others) : undefined,
      });
    },
  );
}
