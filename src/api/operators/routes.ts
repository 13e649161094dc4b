import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ControlContext } from '../context.js';
import { listView } from '../http/lists.js';
import { Problem, noContent, problemResponses } from '../http/problem.js';
import { OperatorBody, operatorFrom } from './settings.js';
import { operatorView, OperatorView } from './view.js';

export const OperatorPath = Type.Object({
  identifier: Type.String({
    minLength: 1,
    maxLength: 1024,
    description: 'the functionRequesterIdentifier of the operator',
  }),
});
type OperatorPath = Static<typeof OperatorPath>;

const tags = ['operators'];
const list = listView(operatorView);

const schemas = {
  list: {
    tags,
    summary: 'List registered operators',
    response: { 200: list.schema },
  },
  show: {
    tags,
    summary: 'Show an operator',
    params: OperatorPath,
    response: { 200: OperatorView, ...problemResponses },
  },
  put: {
    tags,
    summary: 'Register an operator, or replace its settings',
    params: OperatorPath,
    body: OperatorBody,
    response: { 200: OperatorView, 201: OperatorView, ...problemResponses },
  },
  delete: {
    tags,
    summary: 'Delete the registration of an operator; its profiles stay',
    params: OperatorPath,
    response: { ...noContent, ...problemResponses },
  },
};

const unknown = (identifier: string): Problem =>
  new Problem(404, `no operator '${identifier}' is registered`);

/** `/operators`: callers of ES2+ and the settings of their orders. For an unregistered operator, the defaults apply. */
export function operators(
  app: FastifyInstance,
  { context: { store, clock } }: { context: ControlContext },
  done: () => void,
): void {
  app.get('/operators', { schema: schemas.list }, async () => list.of(await store.operators()));

  app.get<{ Params: OperatorPath }>(
    '/operators/:identifier',
    { schema: schemas.show },
    async ({ params }) => {
      const operator = await store.operator(params.identifier);
      if (!operator) throw unknown(params.identifier);
      return operatorView.of(operator);
    },
  );

  app.put<{ Params: OperatorPath; Body: OperatorBody }>(
    '/operators/:identifier',
    { schema: schemas.put, bodyLimit: 16 * 1024 * 1024 },
    async ({ params: { identifier }, body }, reply) => {
      const isNew = (await store.operator(identifier)) === undefined;
      const operator = operatorFrom(identifier, body, clock.now().getTime());
      await store.saveOperator(operator);
      if (isNew) reply.code(201).header('Location', `/api/v1/operators/${encodeURIComponent(identifier)}`);
      return reply.send(operatorView.of(operator));
    },
  );

  app.delete<{ Params: OperatorPath }>(
    '/operators/:identifier',
    { schema: schemas.delete },
    async ({ params: { identifier } }, reply) => {
      if (!(await store.deleteOperator(identifier))) throw unknown(identifier);
      return reply.code(204).send();
    },
  );
  done();
}
