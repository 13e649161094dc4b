import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { consolePages } from '../../base/console-pages.js';
import { consoleFolder } from '../console-folder.js';
import { consoleFile, readConsole, type ConsoleFile } from './files.js';

/** The console may load only its own files. No other page may embed the console in a frame. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Cache-Control of files whose names contain a hash of their content. A changed file has another name. */
const neverChanges = 'public, max-age=31536000, immutable';

/**
 * Serves the console at `/` and at its deep links. Without a built console, `/` redirects to the description of the API.
 *
 * @param folder the built console; default: `dist/console` of this package
 */
export function serveConsole(app: FastifyInstance, folder = consoleFolder): void {
  let read: ReadonlyMap<string, ConsoleFile> | undefined;
  const files = () => (read ??= readConsole(folder));
  const pages = new Map<number, ConsoleFile>();

  const page = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const index = files()?.get('index.html');
    if (!index) return reply.redirect(`${upwards(depthOf(request))}docs`);
    const depth = depthOf(request);
    const file = pages.get(depth) ?? consoleFile(index.type, withBase(index.plain, depth));
    // Keeps few pages, because clients choose the depth.
    if (depth < 8) pages.set(depth, file);
    reply.header('Content-Security-Policy', contentSecurityPolicy);
    return send(request, reply, file, 'no-cache');
  };

  app.get('/', page);
  for (const name of consolePages) {
    app.get(`/${name}`, page);
    app.get(`/${name}/*`, page);
  }
  app.get('/favicon.svg', (request, reply) => {
    const file = files()?.get('favicon.svg');
    return file ? send(request, reply, file, 'public, max-age=3600') : reply.callNotFound();
  });
  app.get<{ Params: { '*': string } }>('/assets/*', (request, reply) => {
    const file = files()?.get(`assets/${request.params['*']}`);
    return file ? send(request, reply, file, neverChanges) : reply.callNotFound();
  });
}

/** Number of folders between a page's path and the console's root. */
const depthOf = ({ url }: FastifyRequest): number => (url.split('?', 1)[0] ?? '/').split('/').length - 2;

const upwards = (depth: number): string => (depth === 0 ? './' : '../'.repeat(depth));

/** The page with a relative base URL, so that a proxy can serve the console below any path. */
const withBase = (html: Buffer, depth: number): Buffer =>
  Buffer.from(html.toString().replace('<base href="./" />', `<base href="${upwards(depth)}" />`));

function send(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { type, plain, gzip, etag }: ConsoleFile,
  caching: string,
): FastifyReply {
  reply.headers({ 'Cache-Control': caching, ETag: etag, Vary: 'Accept-Encoding' });
  if (headers['if-none-match'] === etag) return reply.code(304).send();
  const takesGzip = /\bgzip\b/.test(headers['accept-encoding'] ?? '');
  if (takesGzip) reply.header('Content-Encoding', 'gzip');
  return reply.type(type).send(takesGzip ? gzip : plain);
}
