import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Unserved } from './connections/index.js';
import { describingPaths } from '../api/openapi/index.js';

/** Who may use the operator-facing listener. */
export interface GuardOptions {
  /** Bearer token that requests have to carry; absent: none is demanded. An empty one lets nobody in. */
  readonly token?: string | undefined;
  /** Whether only requests that name this machine's own loopback are served, so that no web page can reach it by a name of its own. */
  readonly loopbackOnly: boolean;
  /** Is told of requests that are refused; absent: nobody is. */
  readonly unserved?: Unserved | undefined;
}

/** Paths that need no token: they tell nothing but that the server lives, and how it is spoken to. */
const open: ReadonlySet<string> = new Set(['/healthz', '/readyz', ...describingPaths]);

/** Refuses foreign `Host` and `Origin` headers, what the page of another site sends, and, where one is demanded, requests without the bearer token. */
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
    const { host, origin } = request.headers;
    if (loopbackOnly && !isLoopback(hostName(host))) {
      return refuse(request, reply, 403, `Host '${host ?? ''}' is not served here; use localhost`);
    }
    if (origin !== undefined && !isSameOrigin(origin, host)) {
      return refuse(request, reply, 403, `Origin '${origin}' may not use this server`);
    }
    if (origin === undefined && isForeignPage(request)) {
      return refuse(request, reply, 403, 'the page of another site may not use this server (Sec-Fetch-Site)');
    }
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
  'the bearer token is not that of this server: Authorization: Bearer <token>, with the value of SMDP_ADMIN_TOKEN or what is kept in admin.token beside the database';

/** Whether a name or address is of this machine's loopback. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

const hostName = (host: string | undefined): string => (host ?? '').replace(/:\d+$/, '').toLowerCase();

function isSameOrigin(origin: string, host: string | undefined): boolean {
  return origin.toLowerCase() === `http://${(host ?? '').toLowerCase()}`;
}

/** Browsers leave `Origin` out of a GET that a page embeds, a picture for instance. Following a link is left to the user. */
function isForeignPage({ method, headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== 'cross-site' && site !== 'same-site') return false;
  const isLink =
    method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return !isLink;
}

/** An absent token never matches, not even an empty one. */
function carries(request: FastifyRequest, token: string): boolean {
  const { authorization = '' } = request.headers;
  if (token === '' || !/^Bearer ./i.test(authorization)) return false;
  return timingSafeEqual(digest(authorization.slice('Bearer '.length)), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
