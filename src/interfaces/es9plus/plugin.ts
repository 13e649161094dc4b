import type { FastifyInstance } from 'fastify';
import {
  dispatchAuthenticateClient,
  initiateAuthentication,
  type RspServers,
} from '../authentication/index.js';
import { Exchange } from '../../instruments/exchanges/index.js';
import { bindFunctions, notification, requestResponse, type RequestBody } from '../json-binding/index.js';
import { cancelSession } from './cancel-session.js';
import type { Es9PlusContext } from './context.js';
import { getBoundProfilePackage } from './get-bound-profile-package.js';
import { handleNotification } from './handle-notification.js';

type RequestResponse = (body: RequestBody, exchange: Exchange) => Promise<object>;

export interface Es9PlusOptions {
  readonly context: Es9PlusContext;
  /** The SM-DP+ first, then the SM-DS. The SM-DS is here because most LPAs retrieve its events on the path of ES9+, too. */
  readonly servers: RspServers;
}

/** ES9+ in its JSON binding (SGP.22 6.5) under `/gsma/rsp2/es9plus/`. */
export function es9plus(app: FastifyInstance, { context, servers }: Es9PlusOptions, done: () => void): void {
  // SGP.22 6.5.2.6 to 6.5.2.10
  const functions: Readonly<Record<string, RequestResponse>> = {
    initiateAuthentication: (body, exchange) => initiateAuthentication(context, servers, body, exchange),
    authenticateClient: (body, exchange) => dispatchAuthenticateClient(context, servers, body, exchange),
    getBoundProfilePackage: (body, exchange) => getBoundProfilePackage(context, body, exchange),
    cancelSession: (body, exchange) => cancelSession(context, body, exchange),
  };
  bindFunctions(app);
  const open = (name: string): Exchange => new Exchange('ES9+', name, context.interceptors);
  for (const [name, run] of Object.entries(functions)) {
    requestResponse(app, name, (body, _request, exchange) => run(body, exchange), open);
  }
  notification(
    app,
    'handleNotification',
    (body, _request, exchange) => handleNotification(context, body, exchange),
    open,
  );
  done();
}
