import { setTimeout } from 'node:timers/promises';
import { StoreError, type Batches, type DuplicateError, type NewProfile } from '../../store/index.js';
import { AbandonedImports, removeAbandoned } from './abandoned.js';
import { ownerName } from './owner.js';

/** Milliseconds after which an import that waits for its turn looks again. */
const pause = 100;

/** The batch of one import. Imports take turns, so that two of one file at once end as one after the other would. */
export class BatchWriter {
  #batch: number | undefined;

  constructor(private readonly store: Batches) {}

  get isOpen(): boolean {
    return this.#batch !== undefined;
  }

  /** Waits until it is this import's turn; says so once, if there is anything to wait for. */
  async *open(signal: AbortSignal | undefined): AsyncGenerator<{ kind: 'waiting' }, void> {
    const others = new AbandonedImports(this.store);
    for (let tries = 0; ; tries++) {
      this.#batch = await this.store.openBatch(ownerName());
      if (this.#batch !== undefined) return;
      await others.clear();
      if (tries === 1) yield { kind: 'waiting' };
      await setTimeout(tries === 0 ? 0 : pause);
      signal?.throwIfAborted();
    }
  }

  /** @throws BatchAbandonedError when others took this import for dead */
  add(profiles: readonly NewProfile[]): Promise<readonly (DuplicateError | undefined)[]> {
    return this.store.addToBatch(this.#opened(), profiles);
  }

  /** Lets everything come into sight. @throws BatchAbandonedError */
  async close(): Promise<void> {
    await this.store.closeBatch(this.#opened());
    this.#batch = undefined;
  }

  /** Takes everything back, if the batch is still open. */
  async abandon(): Promise<void> {
    if (this.#batch === undefined) return;
    const batch = this.#batch;
    this.#batch = undefined;
    try {
      await this.store.abandonBatch(batch);
      await removeAbandoned(this.store);
    } catch (error) {
      // What could not be removed now is not in sight, and is removed when the server is started again.
      if (!(error instanceof StoreError)) throw error;
    }
  }

  #opened(): number {
    if (this.#batch === undefined) throw new Error('the batch is not open');
    return this.#batch;
  }
}
