import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { ControlContext } from './context.js';
import { viewFrom } from './http/view.js';

const list = viewFrom<readonly string[]>()((member) => ({
  items: member(Type.Array(Type.String(), { description: 'one sentence each' }), (sentences) => [
    ...sentences,
  ]),
}));

/** `GET /warnings`: active settings that can surprise a client or an operator, such as a frozen clock. */
export function warnings(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  const schema = {
    tags: ['testing'],
    summary: 'Show active settings that are unsafe or that a tester changed, such as a frozen clock',
    response: { 200: list.schema },
  };
  app.get('/warnings', { schema }, async () => list.of(context.warnings?.() ?? []));
  done();
}
