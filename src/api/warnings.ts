import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { ControlContext } from './context.js';

const WarningList = Type.Object({
  items: Type.Array(Type.String(), { description: 'one sentence for each thing' }),
});

/** `GET /warnings`: settings in force that can surprise a client or an operator, such as a frozen clock. */
export function warnings(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  const schema = {
    tags: ['testing'],
    summary: 'Show what is in force that is unsafe, or was set by a tester: a frozen clock, fault rules',
    response: { 200: WarningList },
  };
  app.get('/warnings', { schema }, async () => ({ items: context.warnings?.() ?? [] }));
  done();
}
