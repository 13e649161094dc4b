import type { Registry } from 'prom-client';

let registry: Promise<Registry> | undefined;

/**
 * CPU, memory, event loop and garbage collection: once per process, however many servers are in it, and only from the time
 * on at which somebody asks, since watching them costs something and cannot be stopped.
 */
export const processMetrics = (): Promise<Registry> => (registry ??= collected());

async function collected(): Promise<Registry> {
  const { collectDefaultMetrics, Registry } = await import('prom-client');
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}
