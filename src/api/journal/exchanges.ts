import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ControlContext } from '../context.js';
import { defaultLimit, limitMember, removedView } from '../http/lists.js';
import { Problem, problemResponses } from '../http/problem.js';
import { isoTime } from '../iso-time.js';
import type { ExchangeEntry, Loss } from '../../instruments/journal/index.js';
import { viewFrom } from '../http/view.js';
import { scopeOf } from '../scope.js';
import { detailsOf, ExchangeDetails } from './details.js';
import { ExchangeQuery, filterOf, SecretsQuery } from './query.js';
import { summaryView } from './summary.js';

const tags = ['journal'];

const ListQuery = Type.Object(
  { ...ExchangeQuery.properties, limit: limitMember(10_000) },
  { additionalProperties: false },
);
type ListQuery = Static<typeof ListQuery>;

const lossView = viewFrom<Loss>()(
  (member) => ({
    id: member(Type.Integer({ description: 'highest id of a dropped exchange' }), ({ id }) => id),
    at: member(Type.String({ description: 'latest time of a dropped exchange' }), ({ at }) => isoTime(at)),
  }),
  {
    description:
      'exchanges of the requested range that the journal has dropped, because it was full or they were too old; absent: none',
  },
);

interface FoundExchanges {
  readonly page: readonly ExchangeEntry[];
  readonly total: number;
  readonly lastId: number;
  readonly loss: Loss | undefined;
}

const exchangeList = viewFrom<FoundExchanges>()((member) => ({
  items: member(
    Type.Array(summaryView.schema, {
      description:
        'the newest exchanges, oldest first; if `since` is an id: the first exchanges after that id',
    }),
    ({ page }) => page.map(summaryView.of),
  ),
  total: member(
    Type.Integer({ description: 'number of exchanges that match the query, on all pages' }),
    ({ total }) => total,
  ),
  last: member(
    Type.Integer({ description: 'id of the newest exchange, for use as the query parameter `since`' }),
    ({ lastId }) => lastId,
  ),
  forgotten: member(Type.Optional(lossView.schema), ({ loss }) => loss && lossView.of(loss)),
}));

/** Answer of `GET /exchanges`. */
export const ExchangeList = exchangeList.schema;
export type ExchangeList = Static<typeof ExchangeList>;

const removed = removedView('exchanges');

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
    const matching = journal.exchanges(wanted);
    const page = wanted.after === undefined ? matching.slice(-limit) : matching.slice(0, limit);
    return exchangeList.of({
      page,
      total: matching.length,
      lastId: journal.lastId,
      loss: journal.lost(wanted),
    });
  });

  const clear = {
    tags,
    summary: 'Remove the exchanges that match the query; without a query, remove all exchanges',
    querystring: ExchangeQuery,
    response: { 200: removed.schema, ...problemResponses },
  };
  app.delete<{ Querystring: ExchangeQuery }>('/exchanges', { schema: clear }, (request) =>
    removed.of(scopeOf(context, request).journal.remove(filterOf(request.query))),
  );

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
