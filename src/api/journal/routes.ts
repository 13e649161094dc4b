import type { FastifyInstance } from 'fastify';
import type { ControlContext } from '../context.js';
import { exchanges } from './exchanges.js';
import { events } from './events.js';
import { exportExchanges } from './export.js';
import { sessions } from './sessions.js';
import { verify } from './verify.js';

/** `/sessions`, `/exchanges`, `/verify`, `/events`: calls that read the journal or wait for new entries. */
export function journal(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  // A journal in a shared database reads the new entries of other processes only when it is asked to.
  app.addHook('preHandler', async () => context.journal.catchUp());
  for (const register of [sessions, exchanges, exportExchanges, verify, events]) register(app, context);
  done();
}
