import type { FastifyInstance } from 'fastify';
import {
  dispatchAuthenticateClient,
  initiateAuthentication,
  type RspServers,
} from '../../interfaces/authentication/index.js';
import { Exchange, type Interceptor } from '../../instruments/exchanges/index.js';
import { bindFunctions, requestResponse } from '../../interfaces/json-binding/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Es11Context } from './context.js';

export interface Es11Options {
  readonly context: Es11Context;
  /** The SM-DS first, then the SM-DP+. The SM-DP+ is here for LPAs that call both servers on one path. */
  readonly servers: RspServers;
}

const functions = { initiateAuthentication, authenticateClient: dispatchAuthenticateClient };

/**
 * ES11 on a server that is not an SM-DS. Interceptors may pass requests on to other SM-DSs. All other requests are
 * refused with 8.9.1/3.8.
 */
export function forwardedEs11(
  app: FastifyInstance,
  { interceptors }: { readonly interceptors: readonly Interceptor[] },
  done: () => void,
): void {
  bindFunctions(app);
  const open = (name: string): Exchange => new Exchange('ES11', name, interceptors);
  for (const name of Object.keys(functions))
    requestResponse(
      app,
      name,
      () => Promise.reject(new Refusal('8.9.1/3.8', 'there is no SM-DS here')),
      open,
    );
  done();
}

/** ES11 in its JSON binding (SGP.22 6.5.2.11, 6.5.2.12) under `/gsma/rsp2/es11/`. */
export function es11(app: FastifyInstance, { context, servers }: Es11Options, done: () => void): void {
  bindFunctions(app);
  const open = (name: string): Exchange => new Exchange('ES11', name, context.interceptors);
  for (const [name, run] of Object.entries(functions)) {
    requestResponse(app, name, (body, _request, exchange) => run(context, servers, body, exchange), open);
  }
  done();
}
