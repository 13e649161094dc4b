import type { ApduCard } from '../apdu-card.js';
import { PcscResult } from './messages.js';

/** How a program wants to share the card. */
export const ShareMode = { exclusive: 1, shared: 2, direct: 3 } as const;

/** The disposition with which a program leaves the card unchanged. Every other disposition resets the card. */
const leaveAsItIs = 0;

interface Connection {
  readonly owner: object;
  readonly isExclusive: boolean;
}

/**
 * Records which programs are connected to the card. A program can have the card to itself, permanently or for a
 * transaction.
 */
export class CardSharing {
  readonly #card: ApduCard;
  readonly #connections = new Map<number, Connection>();
  #locked: number | undefined;
  #lastHandle = 0;

  constructor(card: ApduCard) {
    this.#card = card;
  }

  /** The value for the parameter `sharing` of `readerStates`. */
  get count(): number {
    const isExclusive = [...this.#connections.values()].some((connection) => connection.isExclusive);
    return isExclusive ? -1 : this.#connections.size;
  }

  /**
   * Connects a program. @returns its handle; `undefined` if the share mode conflicts with a connection of another
   * program
   */
  enter(owner: object, shareMode: number): number | undefined {
    const isExclusive = shareMode === ShareMode.exclusive;
    if (this.count < 0 || (isExclusive && this.count > 0)) return undefined;
    if (this.#connections.size === 0) this.#card.reset();
    const handle = ++this.#lastHandle;
    this.#connections.set(handle, { owner, isExclusive });
    return handle;
  }

  /** Checks whether `owner` may use the card through this handle now. @returns a PcscResult */
  check(owner: object, handle: number): number {
    if (this.#connections.get(handle)?.owner !== owner) return PcscResult.invalidHandle;
    // libpcsclite repeats its command after a sharing violation until the other program's transaction has ended.
    return this.#locked === undefined || this.#locked === handle
      ? PcscResult.success
      : PcscResult.sharingViolation;
  }

  lock(handle: number): void {
    this.#locked = handle;
  }

  unlock(disposition: number): void {
    this.#locked = undefined;
    this.reset(disposition);
  }

  reset(disposition: number): void {
    if (disposition !== leaveAsItIs) this.#card.reset();
  }

  leave(handle: number, disposition: number): void {
    this.#connections.delete(handle);
    if (this.#locked === handle) this.#locked = undefined;
    this.reset(disposition);
  }

  /** Removes all connections of a program. */
  leaveAll(owner: object): void {
    for (const [handle, connection] of this.#connections) {
      if (connection.owner === owner) this.leave(handle, 1);
    }
  }
}
