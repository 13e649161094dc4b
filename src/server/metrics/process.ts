import type { Registry } from 'prom-client';

let registry: Promise<Registry> | undefined;

/**
 * CPU, memory, event loop and garbage collection, measured once per process. Measuring starts with the first request
 * for metrics, because it uses CPU and cannot be stopped.
 */
export const processMetrics = (): Promise<Registry> => (registry ??= collected());

async function collected(): Promise<Registry> {
  const { collectDefaultMetrics, Registry } = await import('prom-client');
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}
