import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../base/clock.js';
import { removeProfiles } from '../../orders/index.js';
import type { Store } from '../../store/index.js';

/** Milliseconds between two checks for old profiles. */
const interval = 60_000;

/** Removes profiles that are older than `age` milliseconds, in any state. @returns number of removed profiles */
export const removeOldProfiles = (store: Store, now: number, age: number): Promise<number> =>
  removeProfiles(store, {}, ({ createdAt }) => createdAt <= now - age);

/** Removes old profiles at once, then every minute. @returns a function that stops the removal */
export function startExpiry(
  { store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: FastifyBaseLogger },
  age: number,
): () => void {
  let isBusy = false;
  const sweep = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    try {
      await removeOldProfiles(store, clock.now().getTime(), age);
    } catch (err) {
      log.error({ err }, 'old profiles could not be removed');
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(() => void sweep(), interval);
  timer.unref();
  void sweep();
  return () => clearInterval(timer);
}
