import type { FastifyInstance } from 'fastify';
import { nearest } from '../../base/did-you-mean.js';
import type { Unserved } from './unserved.js';

/**
 * Answers 404 to requests for unknown paths. Reports each request with the path that the client probably meant.
 *
 * @param app the server. Paths that were registered before this call count as unknown
 */
export function answerUnknownPaths(app: FastifyInstance, unserved: Unserved): void {
  const paths: string[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if ([method].flat().includes('POST')) paths.push(url);
  });
  app.setNotFoundHandler((request, reply) => {
    unserved.request(request, 404, 'unknown function', adviceFor(request.url, paths));
    return reply.code(404).send();
  });
}

function adviceFor(url: string, paths: readonly string[]): string {
  const path = url.split('?')[0]!;
  const name = path.split('/').at(-1)!;
  const meant = paths.find((known) => known.endsWith(`/${name}`)) ?? nearest(path, paths);
  return meant
    ? `did you mean ${meant}?`
    : 'this port serves devices under /gsma/rsp2/es9plus/ and operators under /gsma/rsp2/es2plus/; the control API has another port (SMDP_ADMIN_PORT)';
}
