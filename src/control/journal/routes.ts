import type { FastifyInstance } from 'fastify';
import type { ControlContext } from '../context.js';
import { exchanges } from './exchanges.js';
import { sessions } from './sessions.js';

/** `/sessions`, `/exchanges`: what has happened. */
export function journal(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  for (const register of [sessions, exchanges]) register(app, context);
  done();
}
