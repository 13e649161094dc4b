import type { FastifyInstance, RouteOptions } from 'fastify';
import { openApiDocument } from './document.js';
import { pageParts } from './page.js';

const documentPath = '/openapi.json';

/** The paths of the API's documentation, which shows no data of the server. */
export const describingPaths: readonly string[] = [documentPath, ...Object.keys(pageParts)];

/**
 * Serves `/openapi.json` and the page `/docs`. Call this function before you register the routes of the API.
 *
 * @param demandsToken whether calls need the bearer token
 */
export function describeApi(app: FastifyInstance, demandsToken: boolean): void {
  const routes: RouteOptions[] = [];
  let document: Promise<object> | undefined;
  app.get(documentPath, () => (document ??= openApiDocument(routes, demandsToken)));
  for (const [path, { type, read }] of Object.entries(pageParts)) {
    app.get(path, async (_request, reply) => reply.type(type).send(await read()));
  }
  app.addHook('onRoute', (route) => void routes.push(route));
}
