import { iccidFromSequence } from '../../profiles/index.js';
import type { Store } from '../../store/index.js';

/** ICCIDs that are taken at once by an import that needs many: what is left over of them is never used. */
const stock = 10_000;

/** The next free ICCIDs. */
export class IccidSupply {
  #next = 0;
  #end = 0;
  #taken = 0;

  constructor(private readonly store: Pick<Store, 'reserveNumbers'>) {}

  /** `count` of them. */
  async take(count: number): Promise<string[]> {
    const iccids: string[] = [];
    while (iccids.length < count) {
      if (this.#next === this.#end) await this.#reserve(count - iccids.length);
      iccids.push(iccidFromSequence(this.#next++));
    }
    this.#taken += count;
    return iccids;
  }

  /** No more than have been used already, so that a short manifest leaves no gap. */
  async #reserve(needed: number): Promise<void> {
    const count = Math.max(needed, Math.min(stock, this.#taken));
    this.#next = await this.store.reserveNumbers('iccid', count);
    this.#end = this.#next + count;
  }
}
