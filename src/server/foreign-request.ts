import type { FastifyRequest } from 'fastify';

/** Whether a host name or address means the loopback interface of this machine. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

const hostName = (host: string | undefined): string => (host ?? '').replace(/:\d+$/, '').toLowerCase();

/**
 * Why a listener that serves only this machine refuses a request. `undefined` if it accepts the request.
 *
 * @param open paths that a proxy may request, such as health checks
 */
export function objectionToSender(request: FastifyRequest, open: ReadonlySet<string>): string | undefined {
  const { host } = request.headers;
  if (!isLoopback(hostName(host)))
    return `Host '${host ?? ''}' is not served here; use localhost, or set SMDP_ADMIN_TOKEN`;
  const trace = open.has(request.url) ? undefined : traceOfProxy(request);
  return trace && `a proxy sent this request (${trace}); set SMDP_ADMIN_TOKEN to serve other machines`;
}

/**
 * Why the server refuses a request that the page of another site may have sent. `undefined` if it accepts the request.
 */
export function objectionToPage(request: FastifyRequest): string | undefined {
  const { host, origin } = request.headers;
  if (origin === undefined)
    return isEmbedded(request)
      ? 'the page of another site may not use this server (Sec-Fetch-Site)'
      : undefined;
  return isSameOrigin(origin, host) ? undefined : `Origin '${origin}' may not use this server`;
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  const name = (host ?? '').toLowerCase();
  // The page may have been loaded over HTTPS if a proxy terminates TLS.
  return [`http://${name}`, `https://${name}`].includes(origin.toLowerCase());
}

/**
 * Whether a page of another site embeds the request, for example as a picture. Browsers send no `Origin` with such a
 * GET. A link that the user follows is not embedded.
 */
function isEmbedded({ method, headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== 'cross-site' && site !== 'same-site') return false;
  const isLink =
    method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return !isLink;
}

const forwardingHeaders: ReadonlySet<string> = new Set(['forwarded', 'via', 'x-real-ip']);

/**
 * A sign that a proxy sent the request, otherwise `undefined`. The `Host` header is no sign, because a proxy usually sets `Host` to the
 * name of its upstream: `localhost`. nginx adds no header by default, but older versions of nginx send HTTP/1.0.
 */
function traceOfProxy({ headers, raw }: FastifyRequest): string | undefined {
  const header = Object.keys(headers).find(
    (name) => forwardingHeaders.has(name) || name.startsWith('x-forwarded-'),
  );
  return header ?? (raw.httpVersion === '1.0' ? 'HTTP/1.0' : undefined);
}
