import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { ControlContext } from './context.js';
import { Problem, ProblemDetails, problemType } from './http/problem.js';
import { answerError } from './http/error-handler.js';
import { viewFrom } from './http/view.js';
import { StoreError, type StoreFailure } from '../store/index.js';

const tags = ['health'];
const fine = viewFrom<void>()((member) => ({ status: member(Type.Literal('ok'), () => 'ok' as const) }));
const schemas = {
  alive: { tags, summary: 'Whether the process answers', response: { 200: fine.schema } },
  ready: {
    tags,
    summary: 'Whether the database answers; after a failed write, also whether it accepts a new write',
    response: {
      200: fine.schema,
      503: { description: 'not ready', content: { [problemType]: { schema: ProblemDetails } } },
    },
  },
};

/**
 * `/healthz`: whether the process answers. `/readyz`: whether the database answers too. After a failed write, `/readyz`
 * also tests that the database accepts a new write.
 */
export function health(
  app: FastifyInstance,
  { context: { store } }: { context: ControlContext },
  done: () => void,
): void {
  app.setErrorHandler(answerError);
  app.get('/healthz', { schema: schemas.alive }, () => fine.of());
  app.get('/readyz', { schema: schemas.ready }, async (request) => {
    try {
      await store.ping();
    } catch (error) {
      request.log.error(error, 'the database does not answer or cannot be written');
      throw new Problem(503, whyNotReady(error));
    }
    return fine.of();
  });
  done();
}

/** These texts do not contain the path of the database, because the call needs no token. */
const reasons: Readonly<Partial<Record<StoreFailure, string>>> = {
  unreachable:
    'the database cannot be reached, or its file was deleted or replaced; the log says which. If the file is missing, put it back and start the server again',
  full: 'the database cannot grow; free some disk space',
  'read-only': 'the database cannot be written; give the server write permission',
  locked: 'another process keeps the database locked',
};

const whyNotReady = (error: unknown): string =>
  (error instanceof StoreError ? reasons[error.failure] : undefined) ??
  'the database does not answer, or cannot be written; the log says why';
