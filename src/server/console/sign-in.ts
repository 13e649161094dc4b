import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem, sendProblem } from '../../api/index.js';

/** How long a browser stays signed in, in seconds. */
const lifetime = 24 * 60 * 60;

/** Maximum number of browsers that are signed in. The next sign-in signs out the browser that signed in first. */
const most = 1_000;

/** Path of the calls that sign a browser in and out. */
export const signInPath = '/api/v1/sign-in';

/**
 * Browsers that have sent the bearer token once. A browser then holds a random cookie instead of the token. Scripts
 * cannot read the cookie, and the browser also sends it with requests for pictures and event streams. A restart of the
 * server signs all browsers out.
 */
export class SignedIn {
  /** Maps the value of a cookie to its expiry, in milliseconds. */
  readonly #browsers = new Map<string, number>();

  /** @returns the cookie's value */
  add(): string {
    const value = randomBytes(32).toString('base64url');
    this.#browsers.set(value, performance.now() + lifetime * 1_000);
    for (const oldest of this.#browsers.keys()) {
      if (this.#browsers.size <= most) break;
      this.#browsers.delete(oldest);
    }
    return value;
  }

  remove(request: FastifyRequest): void {
    this.#browsers.delete(valueIn(request));
  }

  /** Whether a request carries the cookie of a browser that is signed in. */
  has(request: FastifyRequest): boolean {
    const expires = this.#browsers.get(valueIn(request));
    return expires !== undefined && expires > performance.now();
  }
}

/**
 * The name of the cookie. Each port has a cookie of its own, because browsers send a host's cookies to all ports of the
 * host.
 */
function cookieName({ headers }: FastifyRequest): string {
  const port = /:(\d+)$/.exec(headers.host ?? '')?.[1];
  return port === undefined ? 'mock-smdp' : `mock-smdp-${port}`;
}

function valueIn(request: FastifyRequest): string {
  const start = `${cookieName(request)}=`;
  const parts = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  return parts.find((part) => part.startsWith(start))?.slice(start.length) ?? '';
}

function cookie(request: FastifyRequest, value: string, seconds: number): string {
  const isSecure = request.headers.origin?.startsWith('https:') === true;
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Strict', `Max-Age=${seconds}`];
  return [`${cookieName(request)}=${value}`, ...attributes, ...(isSecure ? ['Secure'] : [])].join('; ');
}

interface SignInOptions {
  readonly browsers: SignedIn;
  /** Whether a text is the bearer token. Absent: the listener requires no token. */
  readonly isToken?: ((text: string) => boolean) | undefined;
}

/**
 * Serves `/api/v1/sign-in`. GET says whether the browser must sign in, POST signs it in with the bearer token, DELETE
 * signs it out.
 */
export function serveSignIn(app: FastifyInstance, { browsers, isToken }: SignInOptions): void {
  app.get(signInPath, (request, reply) =>
    reply
      .header('Cache-Control', 'no-store')
      .send({ tokenNeeded: isToken !== undefined, signedIn: browsers.has(request) }),
  );
  app.post(signInPath, { bodyLimit: 16 * 1024 }, (request, reply) => {
    if (!isToken) return reply.code(204).send();
    const token = (request.body as { readonly token?: unknown } | null | undefined)?.token;
    if (typeof token === 'string' && isToken(token)) {
      const value = browsers.add();
      return reply
        .code(204)
        .header('Set-Cookie', cookie(request, value, lifetime))
        .send();
    }
    const problem =
      typeof token === 'string'
        ? new Problem(
            401,
            'the token is wrong: use the value of SMDP_ADMIN_TOKEN, or the token in the file admin.token beside the database',
          )
        : new Problem(400, 'token: send the bearer token as {"token": "…"}');
    return sendProblem(reply, problem);
  });
  app.delete(signInPath, (request, reply) => {
    browsers.remove(request);
    return reply
      .code(204)
      .header('Set-Cookie', cookie(request, '', 0))
      .send();
  });
}
