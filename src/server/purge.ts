import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../base/clock.js';
import type { Store } from '../store/index.js';

const interval = 60_000;

/** Removes what has expired, now and then. @returns what stops it */
export function startPurging(store: Store, clock: Clock, log: FastifyBaseLogger): () => void {
  const timer = setInterval(() => {
    store
      .purge(clock.now().getTime())
      .catch((err: unknown) => log.error({ err }, 'expired sessions were not removed'));
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}
