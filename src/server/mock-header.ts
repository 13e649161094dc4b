import type { FastifyInstance } from 'fastify';
import { version } from '../base/version.js';

/** Adds to every answer a header that identifies the server as a mock SM-DP+. */
export function addMockHeader(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('X-Mock-Smdp', version);
    next();
  });
}
