import type { FastifyInstance } from 'fastify';
import type { ControlContext } from './context.js';
import { Problem } from './http/problem.js';
import { answerError } from './http/error-handler.js';

/** `/healthz`: the process answers. `/readyz`: its database does too. */
export function health(
  app: FastifyInstance,
  { context: { store } }: { context: ControlContext },
  done: () => void,
): void {
  app.setErrorHandler(answerError);
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (request) => {
    try {
      await store.ping();
    } catch (error) {
      request.log.error(error, 'the database does not answer');
      throw new Problem(503, 'the database does not answer; the log says why');
    }
    return { status: 'ok' };
  });
  done();
}
