import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { luhnMember } from '../../orders/index.js';
import { preload, type PreloadEvent } from '../../manifests/preload/index.js';
import type { ControlContext } from '../context.js';
import { clientGoneSignal } from '../http/closing.js';
import { problemOf } from '../http/error-handler.js';
import { Problem, problemResponses, problemType } from '../http/problem.js';
import { creationScopeOf } from '../scope.js';
import { drawingMembers, drawingOf } from '../subscribers/members.js';
import { finished, ManifestAnswer, manifestAnswer } from './answer.js';
import { discardRest, fileIn, formatNamed } from './body.js';
import { problemOfManifest, refusal } from './problems.js';
import { ndjson, progressLines } from './progress.js';

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 1024, description }));

/** Query of `POST /manifests`. */
export const ImportQuery = Type.Object(
  {
    dryRun: Type.Optional(Type.Boolean({ description: 'true: check the file without importing it' })),
    skipBadRows: Type.Optional(
      Type.Boolean({ description: 'true: skip wrong rows; default: import all rows or none' }),
    ),
    luhn: luhnMember('strict'),
    profileType: text('a profile type, for rows that name none; default: generic'),
    pool: text('a pool, for rows that name none'),
    label: text('a label, for rows that have none'),
    ...drawingMembers,
  },
  { additionalProperties: false },
);
export type ImportQuery = Static<typeof ImportQuery>;

const clientLeft = new Problem(400, 'the client closed the connection before the import was done');

/** `POST /manifests`: imports an EID manifest while it is uploaded. */
export function importManifest(app: FastifyInstance, context: ControlContext): void {
  const stopping = new AbortController();
  app.addHook('preClose', (done) => {
    stopping.abort(new Problem(503, 'the server is being stopped; nothing was imported'));
    done();
  });
  const schema = {
    tags: ['manifests'],
    summary: 'Import EIDs and prepare a profile for each',
    querystring: ImportQuery,
    response: { 200: ManifestAnswer, ...problemResponses },
  };
  const start = (request: FastifyRequest, query: ImportQuery, reply: FastifyReply) =>
    preload(creationScopeOf(context, request), fileIn(request), {
      ...query,
      drawing: drawingOf(query),
      format: formatNamed(request),
      maxLines: context.manifestLines,
      signal: clientGoneSignal(reply, stopping.signal, clientLeft),
    });

  app.post<{ Querystring: ImportQuery }>('/manifests', { schema }, async (request, reply) => {
    const events = start(request, request.query, reply);
    if (request.headers.accept?.includes(ndjson)) return tell(events, request, reply);
    try {
      const done = await finished(events);
      if (done.result.outcome !== 'refused') return manifestAnswer.of(done);
      const { details } = refusal(done.result, done.rejected);
      return reply
        .code(422)
        .type(problemType)
        .send(JSON.stringify({ ...details, ...manifestAnswer.of(done) }));
    } finally {
      discardRest(request);
    }
  });
}

/** Streams the progress of the import, one JSON object per line. */
function tell(events: AsyncGenerator<PreloadEvent, void>, request: FastifyRequest, reply: FastifyReply) {
  const lines = Readable.from(
    progressLines(events, (error) => {
      const problem = problemOf(problemOfManifest(error));
      if (problem.status >= 500) request.log.error(error, 'an import failed');
      return problem;
    }),
  );
  lines.once('close', () => discardRest(request));
  return reply.type(ndjson).send(lines);
}
