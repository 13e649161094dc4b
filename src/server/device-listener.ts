import {
  createSecureContext,
  type SecureContext,
  type SecureContextOptions,
  type Server,
  type TLSSocket,
} from 'node:tls';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
} from 'fastify';
import { es11, forwardedEs11, smds as smdsServer } from '../smds/es11/index.js';
import { es12 } from '../smds/es12/index.js';
import { es2plus, type Es2PlusContext } from '../interfaces/es2plus/index.js';
import type { TlsFaults } from '../instruments/faults/index.js';
import { es9plus, smdp, type Es9PlusContext } from '../interfaces/es9plus/index.js';
import { hostOf } from '../base/address.js';
import { answerUnknownPaths, Unserved, watchConnections } from './connections/index.js';
import { addMockHeader } from './mock-header.js';
import { plainError } from './plain-error.js';
import { limitRequests, limits } from './public/index.js';
import { schemaController } from './schema-controller.js';
import type { SmdsRole } from './sm-ds.js';
import { isProvoked, provokeTlsFaults } from './provoke-tls-faults.js';

/** How long a client may take to send a request, in milliseconds. */
const requestTimeout = 15_000;

interface TlsPem {
  readonly cert: string;
  readonly key: string;
}

export interface DeviceListenerOptions {
  readonly context: Es9PlusContext;
  /** Absent: this listener does not serve ES2+. */
  readonly es2plusContext?: Es2PlusContext | undefined;
  /** PEM; absent: plain HTTP. */
  readonly tls?: TlsPem | undefined;
  /** Decides on faults of TLS connections. Absent: no such faults. */
  readonly tlsFaults?: TlsFaults | undefined;
  /** The SM-DS, with the certificate for its own host name. */
  readonly smds?: { readonly context: SmdsRole; readonly tls?: TlsPem | undefined } | undefined;
  /** Receives reports of connections and requests that reach no function. */
  readonly unserved?: Unserved | undefined;
  readonly log: FastifyBaseLogger;
  /** Whether this server passes ES11 requests on to other servers, although it is not an SM-DS. */
  readonly isProxy?: boolean | undefined;
  /** Limits requests by address; absent: no limit. */
  readonly publicLimits?: { readonly trustedProxies: readonly string[] } | undefined;
}

/**
 * The device-facing listener. It serves LPAs, operators and other servers. The TLS handshake asks every client for a certificate, but only
 * ES2+ and ES12 require one.
 */
export function deviceListener({
  context,
  es2plusContext,
  tls,
  tlsFaults,
  smds,
  unserved = new Unserved([]),
  log,
  isProxy = false,
  publicLimits,
}: DeviceListenerOptions): FastifyInstance {
  const http = { connectionsCheckingInterval: 1_000, headersTimeout: requestTimeout };
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout,
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void plainError(error, request, reply),
    schemaController,
    trustProxy: publicLimits?.trustedProxies.length ? [...publicLimits.trustedProxies] : false,
    ...(tls ? { https: { ...http, ...tlsOptions(tls, smds) } } : { http }),
  } as FastifyServerOptions) as unknown as FastifyInstance;
  if (tls) {
    const server = app.server as unknown as Server;
    server.on('secureConnection', forgetVerification);
    server.on('secureConnection', queueAnswers);
    if (tlsFaults) provokeTlsFaults(server, ownContext(tls), tlsFaults);
  }
  watchConnections(app, tls !== undefined, unserved);
  addMockHeader(app);
  if (publicLimits) {
    app.server.maxConnections = limits.connections;
    limitRequests(app, limits.deviceRequests);
  }
  answerUnknownPaths(app, unserved);
  registerServers(app, context, smds?.context);
  if (isProxy && !smds)
    app.register(forwardedEs11, { prefix: '/gsma/rsp2/es11', interceptors: context.interceptors ?? [] });
  if (es2plusContext)
    app.register(es2plus, { prefix: '/gsma/rsp2/es2plus', context: es2plusContext, mutualTls: true });
  app.setErrorHandler(plainError);
  return app;
}

/**
 * An unverified client certificate leaves an error in OpenSSL's queue. The next read from the connection would report
 * that error and might end the connection. Reading the certificate here empties the queue. ES2+ and ES12 verify the
 * certificate themselves.
 */
function forgetVerification(socket: TLSSocket): void {
  if (socket.authorizationError) socket.getPeerX509Certificate();
}

/** Maximum size of the answers that a TLS connection buffers, in octets. */
const mostQueued = 8 * 1024 * 1024;

/**
 * Node stops reading from a connection while the waiting answers exceed the buffer. Requests that TLS has already
 * decrypted then reach a paused parser. The connection breaks ("Parse Error: Paused"), and all its answers are lost. A
 * larger buffer has room for the answers to all requests that a client sends at once.
 */
function queueAnswers(socket: TLSSocket): void {
  Object.defineProperty(socket, 'writableHighWaterMark', { value: mostQueued });
}

/**
 * Registers the functions of SM-DP+ and SM-DS on the paths of both ES9+ and ES11. Some LPAs call the SM-DP+ on the path of ES11, or the
 * SM-DS on the path of ES9+.
 */
function registerServers(app: FastifyInstance, context: Es9PlusContext, role: SmdsRole | undefined): void {
  const own = smdp(context);
  const smds = role && smdsServer(role);
  app.register(es9plus, {
    prefix: '/gsma/rsp2/es9plus',
    context,
    servers: smds ? [own, smds] : [own],
  });
  if (!role || !smds) return;
  app.register(es11, { prefix: '/gsma/rsp2/es11', context: role, servers: [smds, own] });
  app.register(es12, { prefix: '/gsma/rsp2/es12', context: role });
}

const ownContext = ({ cert, key }: TlsPem): SecureContextOptions => ({ cert, key, minVersion: 'TLSv1.2' });

function tlsOptions({ cert, key }: TlsPem, smds: DeviceListenerOptions['smds']) {
  const own = ownContext({ cert, key });
  const asked = {
    ...own,
    requestCert: true,
    rejectUnauthorized: false,
    handshakeTimeout: requestTimeout,
  };
  const host = smds?.tls && hostOf(smds.context.address);
  const smdsContext = smds?.tls && createSecureContext({ ...own, cert: smds.tls.cert, key: smds.tls.key });
  return {
    ...asked,
    /** This callback also makes Node store the server name, so that reports of failed handshakes can show the name. */
    SNICallback(this: TLSSocket, name: string, done: (error: null, context?: SecureContext) => void): void {
      done(null, name.toLowerCase() === host && !isProvoked(this) ? smdsContext : undefined);
    },
  };
}
