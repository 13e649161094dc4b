import type { Command } from './command.js';
import { refused } from './status-words.js';

const moreBlocks = 0x11;
const lastBlock = 0x91;

/** Joins the blocks of STORE DATA (SGP.22 5.7.2, GlobalPlatform 11.11). */
export class StoreData {
  #blocks: Buffer[] = [];

  /**
   * Adds a block. Block number 0 always begins a new command.
   *
   * @returns the whole command if this was its last block; otherwise `undefined`
   * @throws CommandRefused: 6A86 for wrong parameters or a block out of order, 6700 for a block without data. The card
   * then drops the earlier blocks
   */
  take({ p1, p2, data }: Command): Buffer | undefined {
    const before = p2 === 0 ? [] : this.#blocks;
    this.#blocks = [];
    if (p1 !== moreBlocks && p1 !== lastBlock) {
      throw refused('incorrectParameters', 'P1 of STORE DATA must be 11, or 91 for the last block');
    }
    if (p2 !== before.length) {
      throw refused(
        'incorrectParameters',
        `block ${p2} was received, but block ${before.length} was expected`,
      );
    }
    if (data.length === 0) throw refused('wrongLength', 'STORE DATA has no data');
    const blocks = [...before, data];
    if (p1 === lastBlock) return Buffer.concat(blocks);
    this.#blocks = blocks;
    return undefined;
  }

  /** Forgets the blocks of an unfinished command. */
  clear(): void {
    this.#blocks = [];
  }
}
