import type { FastifyInstance } from 'fastify';

/**
 * Answers what is no refusal of SGP.22: callers of its functions read no body but that of a 200, so the status says it all,
 * and an inner fault is told to the log alone.
 */
export const plainError: Parameters<FastifyInstance['setErrorHandler']>[0] = (error, request, reply) => {
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode >= 500) request.log.error({ err: error, url: request.url }, 'request failed');
  return reply.code(statusCode).removeHeader('Content-Type').send();
};
