import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { firstState, type Scenario } from '../../instruments/faults/index.js';
import type { ControlContext } from '../context.js';
import { listView, removedView } from '../http/lists.js';
import { noContent, Problem, problemResponses } from '../http/problem.js';
import { textOrNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';
import { scopeOf } from '../scope.js';

const named = (description: string) => Type.String({ minLength: 1, maxLength: 100, description });

/** Path parameters of calls about one scenario. */
export const ScenarioPath = Type.Object({ name: named('the name of a scenario, 1 to 100 characters') });
export type ScenarioPath = Static<typeof ScenarioPath>;

/** Body of `PUT /faults/scenarios/{name}`. */
export const ScenarioChange = Type.Object(
  { state: named(`a state, 1 to 100 characters; a scenario begins in the state ${firstState}`) },
  { additionalProperties: false },
);
export type ScenarioChange = Static<typeof ScenarioChange>;

const view = viewFrom<Scenario>()((member) => ({
  name: member(Type.String(), ({ name }) => name),
  namespace: member(
    textOrNull('the namespace of the scenario; null: the scenario belongs to no namespace'),
    ({ namespace }) => namespace || null,
  ),
  state: member(Type.String({ description: `${firstState} at the beginning` }), ({ state }) => state),
}));
const list = listView(view);
const reset = removedView('states');

/** A scenario of fault rules and its state. */
export const ScenarioView = view.schema;
export type ScenarioView = Static<typeof ScenarioView>;

const tags = ['faults'];
const schemas = {
  list: {
    tags,
    summary: 'List the scenarios of fault rules with their states',
    response: { 200: list.schema },
  },
  set: {
    tags,
    summary: 'Set the state of a scenario',
    params: ScenarioPath,
    body: ScenarioChange,
    response: { 200: ScenarioView, ...problemResponses },
  },
  resetAll: {
    tags,
    summary: `Return all scenarios to the state ${firstState}`,
    response: { 200: reset.schema },
  },
  reset: {
    tags,
    summary: `Return a scenario to the state ${firstState}`,
    params: ScenarioPath,
    response: { ...noContent, ...problemResponses },
  },
};

/** `/faults/scenarios`: states that fault rules require and set. */
export function scenarios(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  app.get('/faults/scenarios', { schema: schemas.list }, async (request) =>
    list.of(await scopeOf(context, request).faults.scenarios()),
  );

  app.put<{ Params: ScenarioPath; Body: ScenarioChange }>(
    '/faults/scenarios/:name',
    { schema: schemas.set },
    async (request) => {
      const { params, body } = request;
      const scenario = await scopeOf(context, request).faults.setScenario(params.name, body.state);
      await context.everywhere?.('settings');
      return view.of(scenario);
    },
  );

  app.delete('/faults/scenarios', { schema: schemas.resetAll }, async (request) => {
    const count = await scopeOf(context, request).faults.resetScenarios();
    await context.everywhere?.('settings');
    return reset.of(count);
  });

  app.delete<{ Params: ScenarioPath }>(
    '/faults/scenarios/:name',
    { schema: schemas.reset },
    async (request, reply) => {
      const { name } = request.params;
      const count = await scopeOf(context, request).faults.resetScenarios([name]);
      await context.everywhere?.('settings');
      if (count === 0)
        throw new Problem(
          404,
          `there is no scenario '${name}': no rule names it, and its state was never set`,
        );
      return reply.code(204).send();
    },
  );
  done();
}
