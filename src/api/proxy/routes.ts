import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ForwardRoute, ForwardRoutes } from '../../instruments/forwarding/index.js';
import { listView, removedView } from '../http/lists.js';
import { textOrNull } from '../http/or-null.js';
import { noContent, Problem, problemResponses } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import { requireWholeServer } from '../scope.js';
import { RouteRequest, routeFrom } from './request.js';

/** Maximum number of routes. More routes would make each request slow. */
export const mostRoutes = 1000;

const view = viewFrom<ForwardRoute>()(
  (member) => ({
    id: member(Type.String(), ({ id }) => id),
    to: member(textOrNull('null: this server answers'), ({ rule }) => rule.to),
    eid: member(textOrNull('null: any'), ({ rule }) => rule.eid ?? null),
    matchingId: member(textOrNull('null: any'), ({ rule }) => rule.matchingId ?? null),
    address: member(textOrNull('null: any'), ({ rule }) => rule.address ?? null),
    insecure: member(
      Type.Boolean({ description: 'whether any TLS certificate is accepted' }),
      ({ rule }) => rule.insecure === true,
    ),
    connect: member(textOrNull('null: the host of the URL'), ({ rule }) => rule.connect ?? null),
    forwarded: member(
      Type.Integer({ description: 'number of requests that the other server answered' }),
      ({ forwarded }) => forwarded,
    ),
    failed: member(
      Type.Integer({ description: 'number of requests that the other server did not answer' }),
      ({ failed }) => failed,
    ),
    lastProblem: member(
      textOrNull('why the last of these requests failed'),
      ({ lastProblem }) => lastProblem ?? null,
    ),
  }),
  { description: 'A route to another SM-DP+' },
);
const list = listView(view);
const removed = removedView('routes');

/** A route to another SM-DP+. */
export const RouteView = view.schema;
export type RouteView = Static<typeof RouteView>;

const RoutePath = Type.Object({ id: Type.String({ description: 'the id of a route' }) });
type RoutePath = Static<typeof RoutePath>;

const tags = ['proxy'];
const schemas = {
  add: {
    tags,
    summary: 'Pass requests of devices on to another SM-DP+; the new route comes before the others',
    body: RouteRequest,
    response: { 201: RouteView, ...problemResponses },
  },
  list: {
    tags,
    summary: 'List routes to other SM-DP+s; the first route that matches decides',
    response: { 200: list.schema },
  },
  clear: {
    tags,
    summary: 'Remove all routes to other SM-DP+s',
    response: { 200: removed.schema, ...problemResponses },
  },
  remove: {
    tags,
    summary: 'Remove a route to another SM-DP+',
    params: RoutePath,
    response: { ...noContent, ...problemResponses },
  },
};

const subject = 'routes to other SM-DP+s are';

/** `/proxy/routes`: which requests of devices go to other SM-DP+s. */
export function proxy(app: FastifyInstance, { routes }: { routes: ForwardRoutes }, done: () => void): void {
  app.post<{ Body: RouteRequest }>('/proxy/routes', { schema: schemas.add }, async (request, reply) => {
    requireWholeServer(request, subject);
    if (routes.all.length >= mostRoutes)
      throw new Problem(409, `there are already ${mostRoutes} routes; remove some first`);
    const route = routes.add(routeFrom(request.body));
    request.log.warn({ to: route.rule.to, insecure: route.rule.insecure }, 'route to another SM-DP+ added');
    return reply.code(201).header('Location', `/api/v1/proxy/routes/${route.id}`).send(view.of(route));
  });

  app.get('/proxy/routes', { schema: schemas.list }, async () => list.of(routes.all));

  app.delete('/proxy/routes', { schema: schemas.clear }, async (request) => {
    requireWholeServer(request, subject);
    return removed.of(routes.remove());
  });

  app.delete<{ Params: RoutePath }>(
    '/proxy/routes/:id',
    { schema: schemas.remove },
    async (request, reply) => {
      requireWholeServer(request, subject);
      const { id } = request.params;
      if (routes.remove(id) === 0) throw new Problem(404, `there is no route '${id}'`);
      return reply.code(204).send();
    },
  );
  done();
}
