import type { FastifyInstance } from 'fastify';
import type { DevicePark } from '../../device/park/index.js';
import type { ControlContext } from '../context.js';
import { closingOf } from '../http/closing.js';
import { answerError } from '../http/error-handler.js';
import { consent } from './consent.js';
import { downloads } from './download.js';
import { makeDevice } from './make.js';
import { manageDevices } from './manage.js';
import { problemOfPark } from './problems.js';
import { changeDevice } from './settings.js';
import { showDevices } from './show.js';

/** `/devices`: virtual devices in the server's process. They are kept in memory only. */
export function devices(
  app: FastifyInstance,
  { context, park }: { context: ControlContext; park: DevicePark },
  done: () => void,
): void {
  const closing = closingOf(app);
  app.setErrorHandler((error, request, reply) => answerError(problemOfPark(error), request, reply));
  makeDevice(app, park);
  showDevices(app, park, closing);
  changeDevice(app, park);
  downloads(app, { park, smdp: context.smdp, closing });
  consent(app, park, closing);
  manageDevices(app, { park, systems: context.management, closing });
  done();
}
