import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Unserved } from './connections/index.js';
import { objectionToPage, objectionToSender } from './foreign-request.js';
import { describingPaths } from '../api/openapi/index.js';
import { isConsolePath } from '../base/console-pages.js';
import { signInPath, type SignedIn } from './console/index.js';

/** Who may use the operator-facing listener. */
export interface GuardOptions {
  /** The bearer token that requests must carry; absent: requests need no token. An empty token matches no request. */
  readonly token?: string | undefined;
  /**
   * Whether the listener is bound to loopback. Without a token it then refuses requests that came through a proxy, and requests whose
   * `Host` is not loopback: otherwise a web page could reach the listener through a host name that its owner points to loopback.
   */
  readonly loopbackOnly: boolean;
  /** Browsers that sent the token when a person signed in. Their requests carry a cookie instead. */
  readonly browsers?: SignedIn | undefined;
  /** Receives reports of refused requests. */
  readonly unserved?: Unserved | undefined;
}

/** Paths that a proxy may ask for, and that need no token: health checks, and the description of the API. */
const open: ReadonlySet<string> = new Set(['/healthz', '/readyz', ...describingPaths]);

/** Whether a path needs no token. The console's own files show no data of the server; they ask for the token. */
function isOpen(url: string): boolean {
  const path = url.split('?', 1)[0] ?? '';
  if (open.has(path) || path === signInPath || path === '/favicon.svg') return true;
  return isConsolePath(path) || path.startsWith('/assets/');
}

/** Refuses foreign `Host` and `Origin` headers, requests from pages of other sites, and requests without the demanded bearer token. */
export function guard(app: FastifyInstance, { token, loopbackOnly, browsers, unserved }: GuardOptions): void {
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

const withoutOrigin =
  'a request with the cookie of a browser must have an Origin header if it changes anything';

/** Browsers send `Origin` with each request that may change something. Foreign origins were refused before. */
const isSentByPage = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' || method === 'HEAD' || headers.origin !== undefined;

const wrongToken =
  'the bearer token is wrong: send Authorization: Bearer <token> with the value of SMDP_ADMIN_TOKEN, or with the token in the file admin.token beside the database';

/** Whether the request carries the token. An absent token never matches, not even an empty one. */
function carries(request: FastifyRequest, token: string): boolean {
  const { authorization = '' } = request.headers;
  if (!/^Bearer ./i.test(authorization)) return false;
  return isSame(authorization.slice('Bearer '.length), token);
}

/** Whether a text is the token. An empty token is nobody's. */
export const isSame = (text: string, token: string): boolean =>
  token !== '' && timingSafeEqual(digest(text), digest(token));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
