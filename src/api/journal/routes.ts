import type { FastifyInstance } from 'fastify';
import type { ControlContext } from '../context.js';
import { exchanges } from './exchanges.js';
import { events } from './events.js';
import { exportExchanges } from './export.js';
import { sessions } from './sessions.js';
import { verify } from './verify.js';

/** `/sessions`, `/exchanges`, `/verify`, `/events`: the journal's past and live entries. */
export function journal(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  for (const register of [sessions, exchanges, exportExchanges, verify, events]) register(app, context);
  done();
}
