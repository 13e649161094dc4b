import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Unserved } from './connections/index.js';
import { objectionToPage, objectionToSender } from './foreign-request.js';
import { describingPaths } from '../api/openapi/index.js';

/** Who may use the operator-facing listener. */
export interface GuardOptions {
  /** The bearer token that requests must carry; absent: requests need no token. An empty token matches no request. */
  readonly token?: string | undefined;
  /**
   * Whether the listener is bound to loopback. Without a token it then refuses requests that came through a proxy, and requests whose
   * `Host` is not loopback: otherwise a web page could reach the listener through a host name that its owner points to loopback.
   */
  readonly loopbackOnly: boolean;
  /** Receives reports of refused requests. */
  readonly unserved?: Unserved | undefined;
}

/** Paths without a token: health checks, and the description of the API. */
const open: ReadonlySet<string> = new Set(['/healthz', '/readyz', ...describingPaths]);

/** Refuses foreign `Host` and `Origin` headers, requests from pages of other sites, and requests without the demanded bearer token. */
export function guard(app: FastifyInstance, { token, loopbackOnly, unserved }: GuardOptions): void {
  function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    detail: string,
  ): FastifyReply {
    unserved?.request(request, status, detail);
    const title = status === 401 ? 'Unauthorized' : 'Forbidden';
    return reply
      .code(status)
      .header('Content-Type', 'application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', title, status, detail, errors: [] }));
  }

  app.addHook('onRequest', async (request, reply) => {
    // With a token, any `Host` is accepted: a proxy may forward the host name that its clients used.
    const fromHereOnly = loopbackOnly && token === undefined;
    const objection =
      (fromHereOnly ? objectionToSender(request, open) : undefined) ?? objectionToPage(request);
    if (objection !== undefined) return refuse(request, reply, 403, objection);
    if (token !== undefined && !open.has(request.url) && !carries(request, token)) {
      const isWrong = request.headers.authorization !== undefined;
      reply.header('WWW-Authenticate', isWrong ? 'Bearer error="invalid_token"' : 'Bearer');
      return refuse(
        request,
        reply,
        401,
        isWrong ? wrongToken : 'a bearer token is needed: Authorization: Bearer <token>',
      );
    }
    return undefined;
  });
}

const wrongToken =
  'the bearer token is wrong: send Authorization: Bearer <token> with the value of SMDP_ADMIN_TOKEN, or with the token in the file admin.token beside the database';

/** Whether the request carries the token. An absent token never matches, not even an empty one. */
function carries(request: FastifyRequest, token: string): boolean {
  const { authorization = '' } = request.headers;
  if (token === '' || !/^Bearer ./i.test(authorization)) return false;
  return timingSafeEqual(digest(authorization.slice('Bearer '.length)), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
