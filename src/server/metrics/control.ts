import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import Histogram from 'prom-client/lib/histogram.js';
import { buckets } from './exchanges.js';

/** Counts and times the calls of the control API, by route. */
export function watchControl(app: FastifyInstance, registry: Registry): void {
  const calls = new Histogram({
    name: 'mock_smdp_control_duration_seconds',
    help: 'Calls of the control API: number by route and HTTP status, and duration.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets,
    registers: [registry],
  });
  app.addHook('onResponse', (request, { statusCode, elapsedTime }, done) => {
    const { method, routeOptions } = request;
    const route = routeOptions.url;
    if (route?.startsWith('/api/')) calls.observe({ method, route, status: statusCode }, elapsedTime / 1000);
    done();
  });
}
