import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ControlContext } from '../context.js';
import { problemResponses } from '../http/problem.js';
import { isoTime } from '../profiles/view.js';
import { scopeOf } from '../scope.js';
import { detailsOf, ExchangeDetails } from './details.js';
import { ExchangeQuery, filterOf, SecretsQuery } from './query.js';

const ExportQuery = Type.Object(
  { ...ExchangeQuery.properties, ...SecretsQuery.properties },
  { additionalProperties: false },
);
type ExportQuery = Static<typeof ExportQuery>;

/** What the file says of itself. */
export const exportFormat = 'mock-smdp exchanges 1';

/** Answer of `GET /exchanges/export`. */
export const ExchangeFile = Type.Object(
  {
    format: Type.Literal(exportFormat),
    address: Type.String({ description: 'the SM-DP+ address' }),
    exportedAt: Type.String(),
    exchanges: Type.Array(ExchangeDetails),
  },
  { description: 'Exchanges as one file' },
);
export type ExchangeFile = Static<typeof ExchangeFile>;

/** `GET /exchanges/export`: exchanges as one file, to be attached to a report. */
export function exportExchanges(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['journal'],
    summary: 'Export exchanges as one file',
    querystring: ExportQuery,
    response: { 200: ExchangeFile, ...problemResponses },
  };
  app.get<{ Querystring: ExportQuery }>('/exchanges/export', { schema }, async (request, reply) => {
    const { secrets = false, ...filter } = request.query;
    const { journal, store, clock, address } = scopeOf(context, request);
    const exchanges: ExchangeDetails[] = [];
    for (const entry of journal.exchanges(filterOf(filter)))
      exchanges.push(await detailsOf(store, entry, secrets));
    return reply
      .header('Content-Disposition', 'attachment; filename="mock-smdp-exchanges.json"')
      .send({ format: exportFormat, address, exportedAt: isoTime(clock.now().getTime()), exchanges });
  });
}
