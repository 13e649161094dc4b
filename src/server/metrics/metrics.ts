import type { FastifyInstance } from 'fastify';
import Registry from 'prom-client/lib/registry.js';
import type { Interceptor } from '../../instruments/exchanges/index.js';
import { watchControl } from './control.js';
import { exchangeMetrics } from './exchanges.js';
import { processMetrics } from './process.js';
import { stateMetrics, type StateContext } from './state.js';

const schema = {
  tags: ['health'],
  summary: 'Counts of profiles, sessions and requests, in the format of Prometheus',
  response: { 200: { description: 'metrics', content: { 'text/plain': { schema: { type: 'string' } } } } },
};

/** The metrics of one server, in the format of Prometheus. */
export class ServerMetrics {
  readonly #registry = new Registry();
  /** Counts exchanges. */
  readonly interceptor: Interceptor = exchangeMetrics(this.#registry);

  constructor(context: StateContext) {
    stateMetrics(this.#registry, context);
  }

  /** Serves `/metrics`, and counts the calls of the control API. */
  serve(app: FastifyInstance): void {
    watchControl(app, this.#registry);
    app.get('/metrics', { schema }, async (_request, reply) => {
      const all = Registry.merge([this.#registry, await processMetrics()]);
      return reply.type(all.contentType).send(await all.metrics());
    });
  }
}
