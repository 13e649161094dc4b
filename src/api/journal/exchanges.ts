import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ControlContext } from '../context.js';
import { defaultLimit, limitMember } from '../http/lists.js';
import { Problem, problemResponses } from '../http/problem.js';
import { isoTime } from '../profiles/view.js';
import { scopeOf } from '../scope.js';
import { detailsOf, ExchangeDetails } from './details.js';
import { ExchangeQuery, filterOf, SecretsQuery } from './query.js';
import { ExchangeSummary, summaryOf } from './summary.js';

const tags = ['journal'];

const ListQuery = Type.Object(
  { ...ExchangeQuery.properties, limit: limitMember(10_000) },
  { additionalProperties: false },
);
type ListQuery = Static<typeof ListQuery>;

/** Answer of `GET /exchanges`. */
export const ExchangeList = Type.Object({
  items: Type.Array(ExchangeSummary, {
    description: 'oldest first: the newest exchanges, or with an id as since the first exchanges after it',
  }),
  total: Type.Integer({ description: 'number of exchanges that match the query, on all pages' }),
  last: Type.Integer({ description: 'id of the newest exchange: a mark for since' }),
  forgotten: Type.Optional(
    Type.Object(
      {
        id: Type.Integer({ description: 'highest id that is lost' }),
        at: Type.String({ description: 'latest time of a lost exchange' }),
      },
      {
        description:
          'present only if exchanges in the requested range are lost because the journal was full or they were too old',
      },
    ),
  ),
});
export type ExchangeList = Static<typeof ExchangeList>;

const Removed = Type.Object({ removed: Type.Integer({ description: 'number of removed exchanges' }) });

const ExchangePath = Type.Object({
  id: Type.Integer({ minimum: 1, description: 'the id of an exchange, a number' }),
});
type ExchangePath = Static<typeof ExchangePath>;

/** `/exchanges`: requests and their answers, on every interface. */
export function exchanges(app: FastifyInstance, context: ControlContext): void {
  const list = {
    tags,
    summary: 'List requests with their answers',
    querystring: ListQuery,
    response: { 200: ExchangeList, ...problemResponses },
  };
  app.get<{ Querystring: ListQuery }>('/exchanges', { schema: list }, (request) => {
    const { journal } = scopeOf(context, request);
    const { limit = defaultLimit, ...filter } = request.query;
    const wanted = filterOf(filter);
    const meant = journal.exchanges(wanted);
    const page = wanted.after === undefined ? meant.slice(-limit) : meant.slice(0, limit);
    const lost = journal.lost(wanted);
    return {
      ...{ items: page.map(summaryOf), total: meant.length, last: journal.lastId },
      ...(lost && { forgotten: { id: lost.id, at: isoTime(lost.at) } }),
    };
  });

  const clear = {
    tags,
    summary: 'Remove the exchanges that match the query; without a query, all',
    querystring: ExchangeQuery,
    response: { 200: Removed, ...problemResponses },
  };
  app.delete<{ Querystring: ExchangeQuery }>('/exchanges', { schema: clear }, (request) => ({
    removed: scopeOf(context, request).journal.remove(filterOf(request.query)),
  }));

  const show = {
    tags,
    summary: 'Show a request and its answer, decoded',
    params: ExchangePath,
    querystring: SecretsQuery,
    response: { 200: ExchangeDetails, ...problemResponses },
  };
  app.get<{ Params: ExchangePath; Querystring: SecretsQuery }>(
    '/exchanges/:id',
    { schema: show },
    (request) => {
      const { journal, store } = scopeOf(context, request);
      const { id } = request.params;
      const { secrets = false } = request.query;
      const entry = journal.exchange(id);
      if (!entry) throw new Problem(404, `the journal has no exchange ${id}`);
      return detailsOf(store, entry, secrets);
    },
  );
}
