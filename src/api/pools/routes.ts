import type { FastifyInstance } from 'fastify';
import type { ControlContext } from '../context.js';
import { answerError } from '../http/error-handler.js';
import { activationCodes } from './activation-codes.js';
import { addPool } from './add.js';
import { takeCodeLists } from './code-list-body.js';
import { problemOfPool } from './problems.js';
import { sheet } from './sheet.js';
import { status } from './status.js';
import { showPools } from './show.js';

/** `/pools`: named groups of profiles, and lists of activation codes for MDM systems. */
export function pools(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  takeCodeLists(app);
  app.setErrorHandler((error, request, reply) => answerError(problemOfPool(error), request, reply));
  addPool(app, context);
  showPools(app, context);
  activationCodes(app, context);
  status(app, context);
  sheet(app, context);
  done();
}
