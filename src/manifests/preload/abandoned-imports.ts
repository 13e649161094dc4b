import { setImmediate } from 'node:timers/promises';
import type { Batches, OpenBatch } from '../../store/index.js';
import { hasExited } from './owner.js';

/** The number of profiles to remove per transaction. A transaction takes about ten milliseconds. */
const slice = 1000;

/** An import counts as dead after this time without a heartbeat, in milliseconds. */
const silence = 60_000;

/** Finds imports that were cut off, and removes their profiles. */
export class AbandonedImports {
  #last: { readonly batch: OpenBatch; readonly since: number } | undefined;

  /** @param elapsed milliseconds from a monotonic clock */
  constructor(
    private readonly store: Batches,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /**
   * Removes the profiles of dead imports. Call this from time to time. An import counts as dead if its process has exited, or if its
   * heartbeat has stopped for a minute.
   */
  async clear(): Promise<void> {
    const open = await this.store.openedBatch();
    if (open && !open.isAbandoned && (hasExited(open.owner) || this.#isSilent(open)))
      await this.store.abandonBatch(open.id, open.beats);
    await removeAbandoned(this.store);
  }

  #isSilent(batch: OpenBatch): boolean {
    const known = this.#last?.batch;
    if (!this.#last || known?.id !== batch.id || known.beats !== batch.beats)
      this.#last = { batch, since: this.elapsed() };
    return this.elapsed() - this.#last.since >= silence;
  }
}

/** Removes the profiles of abandoned batches in slices, so that the server can answer devices in between. */
export async function removeAbandoned(store: Batches): Promise<void> {
  while (await store.removeAbandoned(slice)) await setImmediate();
}
