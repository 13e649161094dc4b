import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, sendProblem } from '../api/index.js';
import type { Unserved } from './connections/index.js';
import { objectionToPage, objectionToSender } from './foreign-request.js';
import { describingPaths } from '../api/openapi/index.js';
import { isConsolePath } from '../base/console-pages.js';
import { signInPath, type SignedIn } from './console/index.js';

/** Who may use the operator-facing listener. */
export interface GuardOptions {
  /** The bearer token that requests must carry. Absent: requests need no token. An empty token matches no request. */
  readonly token?: string | undefined;
  /**
   * Whether the listener is bound to loopback. Without a token, such a listener refuses requests that came through a proxy, and requests
   * whose `Host` is not loopback. Otherwise a web page could reach the listener through a host name that resolves to the loopback address.
   */
  readonly loopbackOnly: boolean;
  /** Browsers in which a person has signed in with the token. Their requests carry a cookie instead of the token. */
  readonly browsers?: SignedIn | undefined;
  /** Receives reports of refused requests. */
  readonly unserved?: Unserved | undefined;
}

/** Paths that a proxy may request and that need no token: health checks, and the description of the API. */
const open: ReadonlySet<string> = new Set(['/healthz', '/readyz', ...describingPaths]);

/**
 * Whether a path needs no token. The files of the console need none: they show no data of the server, and the console
 * asks the user for the token.
 */
function isOpen(url: string): boolean {
  const path = url.split('?', 1)[0] ?? '';
  if (open.has(path) || path === signInPath || path === '/favicon.svg') return true;
  return isConsolePath(path) || path.startsWith('/assets/');
}

/**
 * Refuses foreign `Host` and `Origin` headers, requests from pages of other sites, and requests without the required
 * bearer token.
 */
export function guard(app: FastifyInstance, { token, loopbackOnly, browsers, unserved }: GuardOptions): void {
  function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    detail: string,
  ): FastifyReply {
    unserved?.request(request, status, detail);
    return sendProblem(reply, new Problem(status, detail));
  }

  app.addHook('onRequest', async (request, reply) => {
    // With a token, any `Host` is accepted, because a proxy may forward the host name that its clients used.
    const fromHereOnly = loopbackOnly && token === undefined;
    const objection =
      (fromHereOnly ? objectionToSender(request, open) : undefined) ?? objectionToPage(request);
    if (objection !== undefined) return refuse(request, reply, 403, objection);
    if (token === undefined || isOpen(request.url) || carries(request, token)) return undefined;
    if (request.headers.authorization === undefined && browsers?.has(request)) {
      return isSentByPage(request) ? undefined : refuse(request, reply, 403, withoutOrigin);
    }
    const isWrong = request.headers.authorization !== undefined;
    reply.header('WWW-Authenticate', isWrong ? 'Bearer error="invalid_token"' : 'Bearer');
    return refuse(
      request,
      reply,
      401,
      isWrong ? wrongToken : 'a bearer token is needed: Authorization: Bearer <token>',
    );
  });
}

const withoutOrigin = 'a request with a sign-in cookie must have an Origin header if it changes anything';

/**
 * Whether a page of this server sent the request. Browsers send `Origin` with each request that may change something,
 * and the guard has already refused foreign origins.
 */
const isSentByPage = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' || method === 'HEAD' || headers.origin !== undefined;

const wrongToken =
  'the bearer token is wrong: send Authorization: Bearer <token> with the value of SMDP_ADMIN_TOKEN, or with the token in the file admin.token beside the database';

/** Whether the request carries the token. A request without a token never matches, not even if `token` is empty. */
function carries(request: FastifyRequest, token: string): boolean {
  const { authorization = '' } = request.headers;
  if (!/^Bearer ./i.test(authorization)) return false;
  return isSame(authorization.slice('Bearer '.length), token);
}

/** Whether a text is the token. An empty token matches no text. */
export const isSame = (text: string, token: string): boolean =>
  token !== '' && timingSafeEqual(digest(text), digest(token));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
