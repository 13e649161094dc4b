import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { noContent, problemResponses } from './http/problem.js';
import { spared, type Testing } from './testing.js';

export const ResetRequest = Type.Object(
  {
    keep: Type.Optional(
      Type.Array(Type.Enum([...spared], { description: `one of ${spared.join(', ')}` }), {
        description: `a list of what stays as it is: ${spared.join(', ')}; default: nothing`,
      }),
    ),
  },
  { additionalProperties: false },
);
export type ResetRequest = Static<typeof ResetRequest>;

/** `POST /reset`: back to the seed. */
export function reset(app: FastifyInstance, { testing }: { testing: Testing }, done: () => void): void {
  const schema = {
    tags: ['testing'],
    summary:
      'Put the server back to its seed: profiles, sessions, notifications, fault rules, journal, clock',
    body: ResetRequest,
    response: { ...noContent, ...problemResponses },
  };
  app.post<{ Body: ResetRequest }>('/reset', { schema }, async ({ body: { keep = [] } }, reply) => {
    await testing.reset(keep);
    return reply.code(204).send();
  });
  done();
}
