import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { conducts, type ConductSwitch } from '../instruments/faults/index.js';
import { problemResponses } from './http/problem.js';
import { viewFrom } from './http/view.js';
import { requireWholeServer } from './scope.js';
import type { Testing } from './testing.js';

const view = viewFrom<ConductSwitch>()((member) => ({
  conduct: member(
    Type.Enum([...conducts], { description: `one of ${conducts.join(', ')}` }),
    ({ current }) => current,
  ),
}));

/** How the server treats all clients. */
export const ConductView = view.schema;
export type ConductView = Static<typeof ConductView>;

const tags = ['testing'];
const response = { 200: ConductView, ...problemResponses };
const schemas = {
  show: { tags, summary: 'Show how the server treats all clients', response },
  change: {
    tags,
    summary: 'Change how the server treats all clients: polite, strict or hostile',
    body: Type.Object(ConductView.properties, { additionalProperties: false }),
    response,
  },
};

/** `/conduct`: shows and changes the conduct. A change lasts until the next change, reset or restart. */
export function conduct(app: FastifyInstance, { testing }: { testing: Testing }, done: () => void): void {
  app.get('/conduct', { schema: schemas.show }, async () => view.of(testing.conduct));
  app.put<{ Body: ConductView }>('/conduct', { schema: schemas.change }, async (request) => {
    requireWholeServer(request, 'the conduct is');
    await testing.change(() => testing.conduct.set(request.body.conduct));
    request.log.warn(request.body, 'conduct changed');
    return view.of(testing.conduct);
  });
  done();
}
