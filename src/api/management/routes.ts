import type { FastifyInstance } from 'fastify';
import type { ManagementSystems } from '../../device/management/index.js';
import type { DevicePark } from '../../device/park/index.js';
import type { ControlContext } from '../context.js';
import { problemOfPark } from '../devices/problems.js';
import { closingOf } from '../http/closing.js';
import { answerError } from '../http/error-handler.js';
import { applyPolicies } from './apply.js';
import { managedDevices } from './devices.js';
import { deviceGroups } from './groups.js';
import { policyRoutes } from './policies.js';
import { problemOfManagement } from './problems.js';
import { syncMl } from './windows/syncml.js';

/** Device management: SyncML for Windows PCs, groups, policies, and managed devices. Everything is kept in memory only. */
export function management(
  app: FastifyInstance,
  { context, park, systems }: { context: ControlContext; park: DevicePark; systems: ManagementSystems },
  done: () => void,
): void {
  const closing = closingOf(app);
  app.setErrorHandler((error, request, reply) =>
    answerError(problemOfPark(problemOfManagement(error)), request, reply),
  );
  void app.register(syncMl, { park, systems });
  managedDevices(app, { park, systems, closing });
  deviceGroups(app, systems);
  applyPolicies(app, context, systems);
  policyRoutes(app, { context, park, systems, closing });
  done();
}
