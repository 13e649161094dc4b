import type { FastifyInstance } from 'fastify';
import type { ControlContext } from '../context.js';
import { answerError } from '../http/error-handler.js';
import { takeManifests } from './body.js';
import { importManifest } from './import.js';
import { problemOfManifest } from './problems.js';

/** `/manifests`: imports lists of EIDs and prepares a profile for each. */
export function manifests(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  takeManifests(app);
  app.setErrorHandler((error, request, reply) => answerError(problemOfManifest(error), request, reply));
  importManifest(app, context);
  done();
}
