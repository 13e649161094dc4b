import type { FastifyInstance, RouteOptions } from 'fastify';
import { openApiDocument } from './document.js';
import { pageParts } from './page.js';

const documentPath = '/openapi.json';

/** Paths that tell how the server is spoken to, and nothing of what it has. */
export const describingPaths: readonly string[] = ['/', documentPath, ...Object.keys(pageParts)];

/**
 * Serves `/openapi.json`, and `/docs` for people, whom `/` leads there. Has to be called before the routes that it describes are made.
 *
 * @param demandsToken whether calls have to carry the bearer token
 */
export function describeApi(app: FastifyInstance, demandsToken: boolean): void {
  const routes: RouteOptions[] = [];
  let document: Promise<object> | undefined;
  app.get('/', (_request, reply) => reply.redirect('docs'));
  app.get(documentPath, () => (document ??= openApiDocument(routes, demandsToken)));
  for (const [path, { type, read }] of Object.entries(pageParts)) {
    app.get(path, async (_request, reply) => reply.type(type).send(await read()));
  }
  app.addHook('onRoute', (route) => void routes.push(route));
}
