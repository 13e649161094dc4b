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
        'the newest 20 refused calls of devices without an existing session that match the query, oldest first',
    }),
    ({ withoutSession }) => withoutSession.slice(-most).map(summaryView.of),
  ),
}));

/** Answer of `GET /sessions`. */
export const SessionList = sessionList.schema;
export type SessionList = Static<typeof SessionList>;

interface InDetail {
  readonly session: SessionTrace;
  readonly exchanges: ExchangeDetails[];
}

const sessionDetails = joined(
  viewOfPart(sessionView, ({ session }: InDetail) => session),
  viewFrom<InDetail>()((member) => ({
    exchanges: member(
      Type.Array(ExchangeDetails, { description: 'every request and its answer, decoded' }),
      ({ exchanges }) => exchanges,
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

/** Notifications need no session. */
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
    querystring: SecretsQuery,
    response: { 200: SessionDetails, ...problemResponses },
  };
  app.get<{ Params: SessionPath; Querystring: SecretsQuery }>(
    '/sessions/:transactionId',
    { schema: show },
    async (request) => {
      const { journal, store } = scopeOf(context, request);
      const { transactionId } = request.params;
      const { secrets = false } = request.query;
      const found = journal.session(transactionId);
      if (!found) throw new Problem(404, `the journal has no session ${transactionId}`);
      const session = { ...found, entries: [...found.entries] };
      const exchanges: ExchangeDetails[] = [];
      for (const entry of session.entries) {
        await nextTurn();
        exchanges.push(await detailsOf(store, entry, secrets));
      }
      return sessionDetails.of({ session, exchanges });
    },
  );
}
