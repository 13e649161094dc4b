import type { FastifyBaseLogger } from 'fastify';
import { systemClock } from '../base/clock.js';
import type { SettableClock } from '../base/settable-clock.js';
import type { Store } from '../store/index.js';

const interval = 10_000;

/**
 * Removes expired records, every ten seconds and whenever a tester sets the clock. @returns a function that stops the
 * purging
 */
export function startPurging(store: Store, clock: SettableClock, log: FastifyBaseLogger): () => void {
  const purge = (): void => {
    store
      .purge(clock.now().getTime(), systemClock.now().getTime())
      .catch((err: unknown) => log.error({ err }, 'expired records could not be removed'));
  };
  const timer = setInterval(purge, interval);
  timer.unref();
  const stopListening = clock.onMoved(purge);
  return () => {
    clearInterval(timer);
    stopListening();
  };
}
