import helmet from '@fastify/helmet';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
} from 'fastify';
import {
  answerNotFound,
  answerUnreadablePath,
  control,
  unknownPathAdvice,
  type ControlContext,
} from '../api/index.js';
import { es2plus, type Es2PlusContext } from '../interfaces/es2plus/index.js';
import { watchConnections, type Unserved } from './connections/index.js';
import { serveConsole, serveSignIn, SignedIn } from './console/index.js';
import { guard, isSame } from './guard.js';
import type { ServerMetrics } from './metrics/index.js';
import { addMockHeader } from './mock-header.js';
import { describeApi } from '../api/openapi/index.js';
import { plainErrorWithAdvice } from './plain-error.js';
import type { DeviceServers } from './running-server.js';
import { schemaController } from './schema-controller.js';
import { endSlowBodies } from './slow-bodies.js';
import { refuseSingleProcessCalls } from './workers/index.js';

/** How long the head of a request may take to arrive, in milliseconds. */
const headersTimeout = 15_000;

export interface OperatorListenerOptions {
  readonly context: ControlContext;
  readonly es2plusContext: Es2PlusContext;
  readonly token: string | undefined;
  readonly loopbackOnly: boolean;
  readonly metrics: ServerMetrics;
  /** The processes that serve devices in place of this process. */
  readonly deviceServers?: DeviceServers | undefined;
  /** Receives reports of connections and requests that reach no function. */
  readonly unserved: Unserved;
  readonly log: FastifyBaseLogger;
}

/** The operator-facing listener: the console, the control API and ES2+. The guard checks every request. */
export function operatorListener({
  context,
  es2plusContext,
  token,
  loopbackOnly,
  metrics,
  deviceServers,
  unserved,
  log,
}: OperatorListenerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    schemaController,
    return503OnClosing: false,
    frameworkErrors: answerUnreadablePath,
    http: { connectionsCheckingInterval: 1_000, headersTimeout },
  } as FastifyServerOptions) as unknown as FastifyInstance;
  watchConnections(app, false, unserved);
  addMockHeader(app);
  endSlowBodies(app);
  const browsers = new SignedIn();
  guard(app, { token, loopbackOnly, browsers, unserved });
  describeApi(app, token !== undefined);
  metrics.serve(app, deviceServers && (() => deviceServers.metrics()));
  if (context.separateWorkers !== undefined) refuseSingleProcessCalls(app, context.separateWorkers);
  app.register(helmet, {
    // The listener speaks plain HTTP, so no header may tell browsers to use TLS.
    hsts: false,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  });
  app.register((pages, _options, done) => {
    serveConsole(pages);
    serveSignIn(pages, {
      browsers,
      isToken: token === undefined ? undefined : (text) => isSame(text, token),
    });
    done();
  });
  app.register(control, { context });
  app.register(es2plus, { prefix: '/gsma/rsp2/es2plus', context: es2plusContext, mutualTls: false });
  app.setErrorHandler(plainErrorWithAdvice);
  app.setNotFoundHandler((request, reply) => {
    unserved.request(request, 404, 'unknown path', unknownPathAdvice(request.url));
    return answerNotFound(request, reply);
  });
  return app;
}
