import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ControlContext } from '../context.js';
import { problemResponses } from '../http/problem.js';
import { ExchangeFile, ReplayReport } from '../recording/index.js';

/** Maximum size of a file in octets: enough for a few hundred sessions, and small enough to read without delaying devices. */
const largestFile = 16 * 1024 * 1024;

/** Query of `POST /replay`. */
export const ReplayQuery = Type.Object(
  {
    session: Type.Optional(
      Type.String({
        description: 'TransactionId of the only session to replay; default: all sessions of the file',
      }),
    ),
  },
  { additionalProperties: false },
);
export type ReplayQuery = Static<typeof ReplayQuery>;

/**
 * `POST /replay`: sends the requests in a file of exchanges to a separate server of this version, and compares the answers. That server
 * exists only for the replay. The profiles and the journal of this server do not change.
 */
export function replay(
  app: FastifyInstance,
  { replayFile }: { replayFile: NonNullable<ControlContext['replay']> },
  done: () => void,
): void {
  // The file reader gets the raw octets, because it has its own limits and messages.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestFile }, (_request, body, parsed) =>
    parsed(null, body),
  );
  const schema = {
    tags: ['journal'],
    summary: 'Replay a file of exchanges, and compare the answers with the recorded ones',
    querystring: ReplayQuery,
    body: ExchangeFile,
    response: { 200: ReplayReport, ...problemResponses },
  };
  app.post<{ Querystring: ReplayQuery }>(
    '/replay',
    // The file reader checks the body: its messages name the wrong member.
    { schema, validatorCompiler: () => (value: unknown) => ({ value }) },
    (request) =>
      replayFile(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0), request.query.session),
  );
  done();
}
