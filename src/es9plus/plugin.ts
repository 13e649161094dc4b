import type { FastifyInstance } from 'fastify';
import { Exchange } from '../exchanges/index.js';
import { bindFunctions, notification, requestResponse, type RequestBody } from '../json-binding/index.js';
import { authenticateClient } from './authenticate-client.js';
import { cancelSession } from './cancel-session.js';
import type { Es9PlusContext } from './context.js';
import { getBoundProfilePackage } from './get-bound-profile-package.js';
import { handleNotification } from './handle-notification.js';
import { initiateAuthentication } from './initiate-authentication.js';

/** Request-response functions (SGP.22 6.5.2.6 to 6.5.2.10). */
const functions: Readonly<
  Record<string, (context: Es9PlusContext, body: RequestBody, exchange: Exchange) => Promise<object>>
> = {
  initiateAuthentication,
  authenticateClient,
  getBoundProfilePackage,
  cancelSession,
};

/** ES9+ in its JSON binding (SGP.22 6.5) under `/gsma/rsp2/es9plus/`. */
export function es9plus(
  app: FastifyInstance,
  { context }: { context: Es9PlusContext },
  done: () => void,
): void {
  bindFunctions(app);
  for (const [name, run] of Object.entries(functions)) {
    requestResponse(app, name, (body) => run(context, body, new Exchange('ES9+', name)));
  }
  notification(app, 'handleNotification', (body) =>
    handleNotification(context, body, new Exchange('ES9+', 'handleNotification')),
  );
  done();
}
