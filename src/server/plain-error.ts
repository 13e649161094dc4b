import type { FastifyReply, FastifyRequest } from 'fastify';
import { withoutTokens } from '../instruments/exchanges/index.js';
import { Problem, sendProblem } from '../api/index.js';

/**
 * Answers errors other than refusals of SGP.22 with an HTTP status and no body. Clients of SGP.22 read a body only after status 200. Logs
 * internal errors.
 */
export function plainError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode >= 500) request.log.error({ err: error, url: withoutTokens(request.url) }, 'request failed');
  return reply.code(statusCode).removeHeader('Content-Type').send();
}

/** Like {@link plainError}, for operators. If the request has the wrong media type, the answer names the right media type. */
export function plainErrorWithAdvice(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if ((error as { statusCode?: number }).statusCode !== 415) return plainError(error, request, reply);
  return sendProblem(reply, new Problem(415, 'the body must be JSON; send Content-Type: application/json'));
}
