import type { FastifyInstance } from 'fastify';
import { Exchange } from '../../instruments/exchanges/index.js';
import {
  bindFunctions,
  demandClientCertificate,
  requestResponse,
  type RequestBody,
} from '../json-binding/index.js';
import { cancelOrder } from './cancel-order.js';
import { identifiersFor } from './client-certificate.js';
import { confirmOrder } from './confirm-order.js';
import type { Es2PlusCall, Es2PlusContext } from './context.js';
import { downloadOrder } from './download-order.js';
import { callOf } from './header.js';
import { contextIn, callerNamespace } from './namespace.js';
import { releaseProfile } from './release-profile.js';

/** The functions that an operator calls (SGP.22 6.5.2.1 to 6.5.2.4). */
const functions: Readonly<
  Record<
    string,
    (context: Es2PlusContext, call: Es2PlusCall, body: RequestBody, exchange: Exchange) => Promise<object>
  >
> = { downloadOrder, confirmOrder, cancelOrder, releaseProfile };

export interface Es2PlusOptions {
  readonly context: Es2PlusContext;
  /** Whether callers need an operator's client certificate. If not, callers may use any functionRequesterIdentifier. */
  readonly mutualTls: boolean;
}

/** ES2+ in its JSON binding (SGP.22 6.5) under `/gsma/rsp2/es2plus/`. */
export function es2plus(
  app: FastifyInstance,
  { context, mutualTls }: Es2PlusOptions,
  done: () => void,
): void {
  bindFunctions(app);
  const open = (name: string): Exchange => new Exchange('ES2+', name, context.interceptors);
  const identifiersOf = mutualTls
    ? demandClientCertificate(app, 'an operator', (certificate) => identifiersFor(certificate, context), open)
    : () => undefined;
  for (const [name, run] of Object.entries(functions)) {
    requestResponse(
      app,
      name,
      async (body, request, exchange) => {
        // Namespaces are for testers, who use the listener without client certificates.
        const namespace = mutualTls ? undefined : callerNamespace(request);
        if (namespace !== undefined) await exchange.learn({ namespace });
        const call = callOf(body, exchange, identifiersOf(request), namespace);
        return run(contextIn(context, namespace), call, body, exchange);
      },
      open,
    );
  }
  done();
}
