import type { FastifyInstance } from 'fastify';
import type { ControlContext } from '../context.js';
import { createProfile } from './create.js';
import { lifeCycle } from './life-cycle.js';
import { listProfiles } from './list.js';
import { profilePackage } from './package.js';
import { qrCodes } from './qr-code.js';
import { removal } from './remove.js';
import { simulation } from './simulate.js';
import { showProfile } from './show.js';

/** `/profiles`. */
export function profiles(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  createProfile(app, context);
  listProfiles(app, context);
  showProfile(app, context);
  qrCodes(app, context);
  profilePackage(app, context);
  lifeCycle(app, context);
  simulation(app, context);
  removal(app, context);
  done();
}
