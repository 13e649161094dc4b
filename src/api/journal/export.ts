import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { nextTurn } from '../../base/turns.js';
import type { ControlContext } from '../context.js';
import { problemResponses } from '../http/problem.js';
import { isoTime } from '../profiles/view.js';
import { scopeOf } from '../scope.js';
import {
  ExchangeFile,
  exportFormat,
  replayRecord,
  surroundingsOf,
  type RecordedExchange,
} from '../recording/index.js';
import { detailsOf } from './details.js';
import { ExchangeQuery, filterOf, SecretsQuery } from './query.js';

const ExportQuery = Type.Object(
  { ...ExchangeQuery.properties, ...SecretsQuery.properties },
  { additionalProperties: false },
);
type ExportQuery = Static<typeof ExportQuery>;

/** `GET /exchanges/export`: exchanges as one file, to be attached to a report, and replayed. */
export function exportExchanges(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['journal'],
    summary: 'Export exchanges as one file',
    querystring: ExportQuery,
    response: { 200: ExchangeFile, ...problemResponses },
  };
  app.get<{ Querystring: ExportQuery }>('/exchanges/export', { schema }, async (request, reply) => {
    const { secrets = false, ...filter } = request.query;
    const scope = scopeOf(context, request);
    const { journal, store, clock, address } = scope;
    const entries = journal.exchanges(filterOf(filter));
    const exchanges: RecordedExchange[] = [];
    for (const entry of entries) {
      await nextTurn();
      exchanges.push({ ...(await detailsOf(store, entry, secrets)), replay: replayRecord(entry, secrets) });
    }
    const file: ExchangeFile = {
      format: exportFormat,
      address,
      exportedAt: isoTime(clock.now().getTime()),
      ...(await surroundingsOf(scope, entries, secrets)),
      exchanges,
    };
    // As it is, and not by its schema: that is for those who read it.
    const text = JSON.stringify(file);
    return reply
      .header('Content-Disposition', 'attachment; filename="mock-smdp-exchanges.json"')
      .type('application/json; charset=utf-8')
      .send(text);
  });
}
