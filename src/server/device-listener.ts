import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
} from 'fastify';
import { es2plus, type Es2PlusContext } from '../es2plus/index.js';
import { es9plus, smdp, type Es9PlusContext } from '../es9plus/index.js';
import { plainError } from './plain-error.js';

/** How long a request may take to arrive, in milliseconds. */
const requestTimeout = 15_000;

export interface DeviceListenerOptions {
  readonly context: Es9PlusContext;
  /** Absent: operators are served elsewhere. */
  readonly es2plusContext?: Es2PlusContext | undefined;
  /** PEM; absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  readonly log: FastifyBaseLogger;
}

/**
 * The device-facing listener: what LPAs talk to, and operators that have a client certificate. TLS asks every client for one,
 * and leaves it to ES2+ to insist.
 */
export function deviceListener({
  context,
  es2plusContext,
  tls,
  log,
}: DeviceListenerOptions): FastifyInstance {
  const http = { connectionsCheckingInterval: 1_000, headersTimeout: requestTimeout };
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout,
    ...(tls ? { https: { ...http, ...tlsOptions(tls) } } : { http }),
  } as FastifyServerOptions) as unknown as FastifyInstance;
  app.register(es9plus, { prefix: '/gsma/rsp2/es9plus', context, servers: [smdp(context)] });
  if (es2plusContext)
    app.register(es2plus, { prefix: '/gsma/rsp2/es2plus', context: es2plusContext, mutualTls: true });
  app.setErrorHandler(plainError);
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
  return app;
}

const tlsOptions = ({ cert, key }: { cert: string; key: string }) => ({
  cert,
  key,
  minVersion: 'TLSv1.2',
  requestCert: true,
  rejectUnauthorized: false,
});
