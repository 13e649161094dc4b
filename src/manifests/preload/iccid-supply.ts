import { iccidFromSequence } from '../../profiles/index.js';
import type { Store } from '../../store/index.js';

/** The number of ICCIDs that a large import reserves at once. Reserved ICCIDs that the import does not need stay unused. */
const stock = 10_000;

/** Supplies free ICCIDs. */
export class IccidSupply {
  #next = 0;
  #end = 0;
  #taken = 0;

  constructor(private readonly store: Pick<Store, 'reserveNumbers'>) {}

  async take(count: number): Promise<string[]> {
    const iccids: string[] = [];
    while (iccids.length < count) {
      if (this.#next === this.#end) await this.#reserve(count - iccids.length);
      iccids.push(iccidFromSequence(this.#next++));
    }
    this.#taken += count;
    return iccids;
  }

  /**
   * Reserves the needed ICCIDs. A large import reserves more: as many as it has already taken, up to {@link stock}. So a short manifest
   * leaves no unused ICCIDs.
   */
  async #reserve(needed: number): Promise<void> {
    const count = Math.max(needed, Math.min(stock, this.#taken));
    this.#next = await this.store.reserveNumbers('iccid', count);
    this.#end = this.#next + count;
  }
}
