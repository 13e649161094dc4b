import { setTimeout } from 'node:timers/promises';
import { StoreError, type Batches, type DuplicateError, type NewProfile } from '../../store/index.js';
import { AbandonedImports, removeAbandoned } from './abandoned-imports.js';
import { ownerName } from './owner.js';

/** Milliseconds between two attempts of an import to start. */
const pause = 100;

/**
 * The batch of one import. Imports run one after another. So importing a file twice at the same time has the same result as importing it
 * twice in sequence.
 */
export class BatchWriter {
  #batch: number | undefined;

  constructor(private readonly store: Batches) {}

  /** The number of profiles to {@link add} at once. */
  get portion(): number {
    return this.store.batchPortion;
  }

  get isOpen(): boolean {
    return this.#batch !== undefined;
  }

  /** Opens the batch. If another import is running, yields `waiting` once, and waits for its end. */
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

  /** @throws BatchAbandonedError if another process has declared this import dead */
  add(profiles: readonly NewProfile[]): Promise<readonly (DuplicateError | undefined)[]> {
    return this.store.addToBatch(this.#opened(), profiles);
  }

  /** Makes all profiles visible. @throws BatchAbandonedError */
  async close(): Promise<void> {
    await this.store.closeBatch(this.#opened());
    this.#batch = undefined;
  }

  /** If the batch is still open, removes its profiles. */
  async abandon(): Promise<void> {
    if (this.#batch === undefined) return;
    const batch = this.#batch;
    this.#batch = undefined;
    try {
      await this.store.abandonBatch(batch);
      await removeAbandoned(this.store);
    } catch (error) {
      // The remaining profiles are invisible. The server removes them later, with those of other dead imports.
      if (!(error instanceof StoreError)) throw error;
    }
  }

  #opened(): number {
    if (this.#batch === undefined) throw new Error('the batch is not open');
    return this.#batch;
  }
}
