import type { FastifyInstance } from 'fastify';
import { address } from './address.js';
import { callbacks } from './callbacks/routes.js';
import { clock } from './clock.js';
import { conduct } from './conduct.js';
import type { ControlContext } from './context.js';
import { devices } from './devices/routes.js';
import { faults } from './faults/routes.js';
import { scenarios } from './faults/scenarios.js';
import { health } from './health.js';
import { takeJson } from './http/body.js';
import { answerError, answerUnknownCall } from './http/error-handler.js';
import { knownPathsOf } from './http/known-paths.js';
import { compileValidator } from './http/validation.js';
import { journal } from './journal/routes.js';
import { android } from './management/android/routes.js';
import { apple } from './management/apple/routes.js';
import { management } from './management/routes.js';
import { manifests } from './manifests/routes.js';
import { operators } from './operators/routes.js';
import { namespaces } from './namespaces.js';
import { pki } from './pki.js';
import { pools } from './pools/routes.js';
import { profileTypes } from './profile-types/routes.js';
import { profiles } from './profiles/routes.js';
import { proxy } from './proxy/routes.js';
import { reset } from './reset.js';
import { replay } from './journal/replay.js';
import { requestedNamespace } from './scope.js';
import { seeds } from './seeds/index.js';
import { statistics } from './statistics.js';
import { smdsEvents } from './sm-ds/routes.js';
import { snapshots } from './snapshots.js';
import { subscribers } from './subscribers/index.js';
import { warnings } from './warnings.js';
import { webhooks } from './webhooks/routes.js';

const prefix = '/api/v1';

/** The control API under `/api/v1`, plus `/healthz` and `/readyz`. */
export function control(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  void app.register(health, { context });
  void app.register(api, { prefix, context });
  done();
}

function api(app: FastifyInstance, { context }: { context: ControlContext }, done: () => void): void {
  takeJson(app);
  app.setValidatorCompiler(compileValidator);
  // Response schemas only document the answers. Serializing with them would drop members.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerUnknownCall(knownPathsOf(app), prefix));
  // Every call refuses an invalid namespace, even a call about the whole server.
  app.addHook('onRequest', (request, _reply, next) => {
    requestedNamespace(request);
    next();
  });
  void app.register(ofNamespaces, { context });
  void app.register(ofWholeServer, { context });
  done();
}

/** Registers the calls that a caller can limit to a namespace. */
function ofNamespaces(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, takesNamespace: true };
  });
  void app.register(profiles, { context });
  void app.register(callbacks, { context });
  void app.register(manifests, { context });
  void app.register(pools, { context });
  void app.register(subscribers, { context });
  void app.register(faults, { context });
  void app.register(scenarios, { context });
  void app.register(journal, { context });
  void app.register(namespaces, { context });
  void app.register(statistics, { context });
  const { testing, devices: park, management: systems } = context;
  if (park) {
    void app.register(devices, { context, park });
    void app.register(apple, { park });
    void app.register(android, { park, clock: context.clock });
  }
  if (park && systems) void app.register(management, { context, park, systems });
  if (testing) {
    void app.register(reset, { context, testing });
    void app.register(seeds, { context, testing });
  }
  if (context.webhooks) void app.register(webhooks, { context, sender: context.webhooks });
  done();
}

/** Registers the calls about things that all namespaces share. */
function ofWholeServer(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  void app.register(profileTypes, { context });
  void app.register(operators, { context });
  void app.register(snapshots, { context });
  if (context.routes) void app.register(proxy, { routes: context.routes });
  const { testing, replay: replayFile } = context;
  if (replayFile) void app.register(replay, { replayFile });
  if (testing) {
    void app.register(address, { context, testing });
    void app.register(clock, { context, testing });
    void app.register(conduct, { testing });
  }
  void app.register(smdsEvents, { context });
  void app.register(pki, { context });
  void app.register(warnings, { context });
  done();
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a caller can limit the call to a namespace, for the OpenAPI document. */
    takesNamespace?: boolean;
  }
}
