import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { nextTurn } from '../../base/turns.js';
import type { ExchangeEntry } from '../../instruments/journal/index.js';
import type { ControlContext } from '../context.js';
import { problemResponses } from '../http/problem.js';
import { isoTime } from '../iso-time.js';
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

/** Query of `GET /exchanges/export`. */
export const ExportQuery = Type.Object(
  { ...ExchangeQuery.properties, ...SecretsQuery.properties },
  { additionalProperties: false },
);
export type ExportQuery = Static<typeof ExportQuery>;

/** `GET /exchanges/export`: exchanges as one file, for bug reports and for `mock-smdp replay`. */
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
    const { journal, store, clock, smdp } = scope;
    const entries = journal.exchanges(filterOf(filter));
    const head = {
      format: exportFormat,
      address: smdp.address,
      exportedAt: isoTime(clock.now().getTime()),
      ...(await surroundingsOf(scope, entries, secrets)),
    };
    const record = async (entry: ExchangeEntry): Promise<RecordedExchange> => ({
      ...(await detailsOf(store, entry, secrets)),
      replay: replayRecord.of({ entry, showSecrets: secrets }),
    });
    return reply
      .header('Content-Disposition', 'attachment; filename="mock-smdp-exchanges.json"')
      .type('application/json; charset=utf-8')
      .send(Readable.from(textOf(head, entries, record)));
  });
}

/** Writes an {@link ExchangeFile} piece by piece, because the whole text may be too large for memory. */
async function* textOf(
  head: object,
  entries: readonly ExchangeEntry[],
  record: (entry: ExchangeEntry) => Promise<RecordedExchange>,
): AsyncGenerator<string, void> {
  yield `${JSON.stringify(head).slice(0, -1)},"exchanges":[`;
  let separator = '';
  for (const entry of entries) {
    await nextTurn();
    yield separator + JSON.stringify(await record(entry));
    separator = ',';
  }
  yield ']}';
}
