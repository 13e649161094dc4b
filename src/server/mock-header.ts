import type { FastifyInstance } from 'fastify';
import { version } from '../base/version.js';

/** Says in every answer that it comes from a mock, so that nobody takes it for a real SM-DP+. */
export function addMockHeader(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('X-Mock-Smdp', version);
    next();
  });
}
