import type { FastifyBaseLogger } from 'fastify';
import { AbandonedImports } from '../manifests/preload/index.js';
import type { Store } from '../store/index.js';

const interval = 10_000;

/**
 * Removes the remains of interrupted imports, at once and then every ten seconds. @returns a function that stops the
 * sweeping
 */
export function startSweeping(store: Store, log: FastifyBaseLogger): () => void {
  const imports = new AbandonedImports(store);
  let isStopped = false;
  let isBusy = false;
  const sweep = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    try {
      await imports.clear();
    } catch (err) {
      if (!isStopped) log.error({ err }, 'the data of an interrupted import could not be removed');
    } finally {
      isBusy = false;
    }
  };
  void sweep();
  const timer = setInterval(() => void sweep(), interval);
  timer.unref();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
