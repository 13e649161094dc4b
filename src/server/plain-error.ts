import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemType } from '../api/index.js';

/**
 * Answers what is no refusal of SGP.22: callers of its functions read no body but that of a 200, so the status says it all,
 * and an inner fault is told to the log alone.
 */
export function plainError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode >= 500) request.log.error({ err: error, url: request.url }, 'request failed');
  return reply.code(statusCode).removeHeader('Content-Type').send();
}

/** The same for callers who are people as often as not: a body that is no JSON is told what to be. */
export function plainErrorWithAdvice(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if ((error as { statusCode?: number }).statusCode !== 415) return plainError(error, request, reply);
  const { details } = new Problem(415, 'the body has to be JSON; send Content-Type: application/json');
  return reply.code(415).type(problemType).send(JSON.stringify(details));
}
