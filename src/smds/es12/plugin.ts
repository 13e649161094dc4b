import type { FastifyInstance } from 'fastify';
import { Exchange } from '../../instruments/exchanges/index.js';
import {
  bindFunctions,
  callerOf,
  demandClientCertificate,
  requestResponse,
} from '../../interfaces/json-binding/index.js';
import type { Es12Context } from './context.js';
import { deleteEvent } from './delete-event.js';
import { ownerOf } from './owner.js';
import { registerEvent } from './register-event.js';

const functions = { registerEvent, deleteEvent };

/**
 * ES12 in its JSON binding (SGP.22 6.5.2.13, 6.5.2.14) under `/gsma/rsp2/es12/`. Other SM-DSs call the same functions (ES15). The client
 * certificate identifies the caller. The server ignores the caller's identifier in the header.
 */
export function es12(app: FastifyInstance, { context }: { context: Es12Context }, done: () => void): void {
  bindFunctions(app);
  const open = (name: string): Exchange => new Exchange('ES12', name, context.interceptors);
  const ownerOn = demandClientCertificate(
    app,
    'an SM-DP+ or SM-DS',
    (certificate) => ownerOf(certificate, context),
    open,
  );
  for (const [name, run] of Object.entries(functions)) {
    requestResponse(
      app,
      name,
      (body, request, exchange) => {
        callerOf(body);
        return run(context, ownerOn(request), body, exchange);
      },
      open,
    );
  }
  done();
}
