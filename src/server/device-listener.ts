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
import { es11, smds as smdsServer } from '../smds/es11/index.js';
import { es12 } from '../smds/es12/index.js';
import { es2plus, type Es2PlusContext } from '../interfaces/es2plus/index.js';
import type { TlsFaults } from '../instruments/faults/index.js';
import { es9plus, smdp, type Es9PlusContext } from '../interfaces/es9plus/index.js';
import { hostOf } from '../base/address.js';
import { answerUnknownPaths, Unserved, watchConnections } from './connections/index.js';
import { addMockHeader } from './mock-header.js';
import { plainError } from './plain-error.js';
import { schemaController } from './schema-controller.js';
import type { SmdsRole } from './sm-ds.js';
import { isProvoked, provokeTlsFaults } from './provoke-tls-faults.js';

/** How long a request may take to arrive, in milliseconds. */
const requestTimeout = 15_000;

interface TlsPem {
  readonly cert: string;
  readonly key: string;
}

export interface DeviceListenerOptions {
  readonly context: Es9PlusContext;
  /** Absent: operators are served elsewhere. */
  readonly es2plusContext?: Es2PlusContext | undefined;
  /** PEM; absent: plain HTTP. */
  readonly tls?: TlsPem | undefined;
  /** Decides about TLS connections; absent: none is spoilt. */
  readonly tlsFaults?: TlsFaults | undefined;
  /** The SM-DS, with what it shows under its own name. */
  readonly smds?: { readonly context: SmdsRole; readonly tls?: TlsPem | undefined } | undefined;
  /** Is told of what comes to nothing; absent: nobody is. */
  readonly unserved?: Unserved | undefined;
  readonly log: FastifyBaseLogger;
}

/**
 * The device-facing listener: what LPAs talk to, and operators and other servers that have a client certificate. TLS asks
 * every client for one, and leaves it to ES2+ and ES12 to insist.
 */
export function deviceListener({
  context,
  es2plusContext,
  tls,
  tlsFaults,
  smds,
  unserved = new Unserved([]),
  log,
}: DeviceListenerOptions): FastifyInstance {
  const http = { connectionsCheckingInterval: 1_000, headersTimeout: requestTimeout };
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout,
    return503OnClosing: false,
    schemaController,
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
  answerUnknownPaths(app, unserved);
  registerServers(app, context, smds?.context);
  if (es2plusContext)
    app.register(es2plus, { prefix: '/gsma/rsp2/es2plus', context: es2plusContext, mutualTls: true });
  app.setErrorHandler(plainError);
  return app;
}

/**
 * A client certificate that does not verify leaves its error in the queue of OpenSSL, where the next read from the connection
 * takes it for an error of its own, and ends the connection, or not, depending on what came first. Reading the certificate
 * empties the queue: whether it is accepted is up to ES2+ and ES12, and LPAs need none.
 */
function forgetVerification(socket: TLSSocket): void {
  if (socket.authorizationError) socket.getPeerX509Certificate();
}

/** Octets of answers that may wait on a TLS connection for the answers before them. */
const mostQueued = 8 * 1024 * 1024;

/**
 * Node stops reading from a connection while more answers wait than its buffer holds. Requests that it has taken from TLS by then
 * run into a parser that is paused, and the connection is lost with all their answers ("Parse Error: Paused"). A larger buffer
 * has room for the answers to all requests that a client sends at once.
 */
function queueAnswers(socket: TLSSocket): void {
  Object.defineProperty(socket, 'writableHighWaterMark', { value: mostQueued });
}

/** The functions of all servers that share the listener: LPAs call the SM-DS on either path. */
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
    /** Also makes the name known of those whose handshake fails. */
    SNICallback(this: TLSSocket, name: string, done: (error: null, context?: SecureContext) => void): void {
      done(null, name.toLowerCase() === host && !isProvoked(this) ? smdsContext : undefined);
    },
  };
}
