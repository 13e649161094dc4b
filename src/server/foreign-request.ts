import type { FastifyRequest } from 'fastify';

/** Whether a name or address is of this machine's loopback. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

const hostName = (host: string | undefined): string => (host ?? '').replace(/:\d+$/, '').toLowerCase();

/**
 * Why a listener that serves this machine alone refuses a request; `undefined` if it does not.
 *
 * @param open paths that a proxy may ask for: health checks, for instance
 */
export function objectionToSender(request: FastifyRequest, open: ReadonlySet<string>): string | undefined {
  const { host } = request.headers;
  if (!isLoopback(hostName(host)))
    return `Host '${host ?? ''}' is not served here; use localhost, or set SMDP_ADMIN_TOKEN`;
  const trace = open.has(request.url) ? undefined : traceOfProxy(request);
  return trace && `a proxy sent this (${trace}); to serve more than this machine, set SMDP_ADMIN_TOKEN`;
}

/** Why a request is refused that the page of another site may have sent; `undefined` if it is not. */
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
  // A proxy in front may end TLS.
  return [`http://${name}`, `https://${name}`].includes(origin.toLowerCase());
}

/** Browsers leave `Origin` out of a GET that a page embeds, a picture for instance. Following a link is left to the user. */
function isEmbedded({ method, headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== 'cross-site' && site !== 'same-site') return false;
  const isLink =
    method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return !isLink;
}

const forwardingHeaders: ReadonlySet<string> = new Set(['forwarded', 'via', 'x-real-ip']);

/**
 * What shows that a proxy sent a request. `Host` does not: by default proxies set it to the name of the upstream,
 * `localhost`. nginx adds no header unless told to, but its older versions ask in HTTP/1.0.
 */
function traceOfProxy({ headers, raw }: FastifyRequest): string | undefined {
  const header = Object.keys(headers).find(
    (name) => forwardingHeaders.has(name) || name.startsWith('x-forwarded-'),
  );
  return header ?? (raw.httpVersion === '1.0' ? 'HTTP/1.0' : undefined);
}
