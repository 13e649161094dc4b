import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
} from 'fastify';
import { es9plus, type Es9PlusContext } from '../es9plus/index.js';

/** How long a request may take to arrive, in milliseconds. */
const requestTimeout = 15_000;

export interface DeviceListenerOptions {
  readonly context: Es9PlusContext;
  /** PEM; absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  readonly log: FastifyBaseLogger;
}

/** The device-facing listener: what LPAs talk to. */
export function deviceListener({ context, tls, log }: DeviceListenerOptions): FastifyInstance {
  const http = { connectionsCheckingInterval: 1_000, headersTimeout: requestTimeout };
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout,
    ...(tls ? { https: { ...http, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' } } : { http }),
  } as FastifyServerOptions) as unknown as FastifyInstance;
  app.register(es9plus, { prefix: '/gsma/rsp2/es9plus', context });
  app.setErrorHandler(plainError);
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
  return app;
}

/** LPAs read no body but that of a 200: the status says it all, and an inner fault is told to the log alone. */
const plainError: Parameters<FastifyInstance['setErrorHandler']>[0] = (error, request, reply) => {
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode >= 500) request.log.error({ err: error, url: request.url }, 'request failed');
  return reply.code(statusCode).removeHeader('Content-Type').send();
};
