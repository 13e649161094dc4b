import { setImmediate } from 'node:timers/promises';
import type { Batches, OpenBatch } from '../../store/index.js';
import { isGone } from './owner.js';

/** Profiles that are removed in one transaction: some ten milliseconds. */
const slice = 1000;

/** For how long an import may show no sign of life before others take it for dead, in milliseconds. */
const silence = 60_000;

/** Finds imports that were cut off, and removes what they have left behind. */
export class AbandonedImports {
  #last: { readonly batch: OpenBatch; readonly since: number } | undefined;

  /** @param elapsed milliseconds that pass at an even rate, whatever the clock is set to */
  constructor(
    private readonly store: Batches,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /** To be called now and then: an import is dead when its process is, or when nothing was heard of it for a minute. */
  async clear(): Promise<void> {
    const open = await this.store.openedBatch();
    if (open && !open.isAbandoned && (isGone(open.owner) || this.#isSilent(open)))
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

/** Removes the profiles of abandoned batches, slice by slice, so that devices are served between. */
export async function removeAbandoned(store: Batches): Promise<void> {
  while (await store.removeAbandoned(slice)) await setImmediate();
}
