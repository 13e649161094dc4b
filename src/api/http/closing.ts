import { setMaxListeners } from 'node:events';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** A signal that is aborted when the server is about to stop, so that waiting calls end. */
export function closingOf(app: FastifyInstance): AbortSignal {
  const closing = new AbortController();
  // Removes the limit on listeners, because any number of clients may be waiting.
  setMaxListeners(0, closing.signal);
  app.addHook('preClose', (done) => {
    closing.abort();
    done();
  });
  // Closes each connection after its answer. Otherwise the server would wait for clients that keep connections open.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing.signal.aborted) reply.header('Connection', 'close');
    done();
  });
  return closing.signal;
}

/**
 * A signal that is aborted when the client closes the connection before the answer, or when `stopping` is aborted.
 *
 * @param reason the abort reason when the client has closed the connection
 */
export function clientGoneSignal({ raw }: FastifyReply, stopping: AbortSignal, reason?: Error): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort(reason);
  });
  return AbortSignal.any([gone.signal, stopping]);
}
