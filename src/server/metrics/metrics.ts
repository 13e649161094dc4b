import type { FastifyInstance } from 'fastify';
import AggregatorRegistry from 'prom-client/lib/cluster.js';
import Registry from 'prom-client/lib/registry.js';
import type { Interceptor } from '../../instruments/exchanges/index.js';
import type { MetricsOfProcess } from '../workers/messages.js';
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

  /** @param context for metrics of the database; absent: another process reports them */
  constructor(context?: StateContext) {
    if (context) stateMetrics(this.#registry, context);
  }

  /** The metrics of this process, to be added to the metrics of other processes. */
  async ofProcess(): Promise<MetricsOfProcess> {
    const registries = [this.#registry, await processMetrics()];
    return (await Promise.all(registries.map((registry) => registry.getMetricsAsJSON()))).flat();
  }

  /**
   * Serves `/metrics`, and counts the calls of the control API.
   *
   * @param others the metrics of further processes, which are added to the metrics of this process
   */
  serve(app: FastifyInstance, others?: () => Promise<readonly MetricsOfProcess[]>): void {
    watchControl(app, this.#registry);
    app.get('/metrics', { schema }, async (_request, reply) => {
      const all = others
        ? AggregatorRegistry.aggregate([await this.ofProcess(), ...(await others())] as MetricsOfProcess[])
        : Registry.merge([this.#registry, await processMetrics()]);
      return reply.type(all.contentType).send(await all.metrics());
    });
  }
}
