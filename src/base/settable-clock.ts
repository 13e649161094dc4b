import { systemClock, type Clock } from './clock.js';

/** The first and the last instant that a clock can show: times of certificates and of JSON end there. */
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A clock that can be set, and stopped. Until then it shows what the one below it shows. */
export class SettableClock implements Clock {
  readonly #below: Clock;
  readonly #listeners = new Set<() => void>();
  #ahead = 0;
  #stoodAt: number | undefined;

  constructor(below: Clock = systemClock) {
    this.#below = below;
  }

  now(): Date {
    return new Date(this.#stoodAt ?? this.#below.now().getTime() + this.#ahead);
  }

  get isFrozen(): boolean {
    return this.#stoodAt !== undefined;
  }

  /** Milliseconds that it is ahead of the clock below; negative: behind. */
  get ahead(): number {
    return this.#stoodAt === undefined ? this.#ahead : this.#stoodAt - this.#below.now().getTime();
  }

  /** Frozen or not, it stays so. @throws RangeError outside of 1970 to 9999 */
  set(to: Date): void {
    const time = to.getTime();
    if (!(time >= earliest && time <= latest)) throw new RangeError('the clock goes from 1970 to 9999');
    if (this.isFrozen) this.#stoodAt = time;
    else this.#ahead = time - this.#below.now().getTime();
    this.#moved();
  }

  /** @param milliseconds negative: back. @throws RangeError outside of 1970 to 9999 */
  advance(milliseconds: number): void {
    this.set(new Date(this.now().getTime() + milliseconds));
  }

  /** Stops it. */
  freeze(): void {
    this.#stoodAt ??= this.now().getTime();
  }

  /** Lets it go on from where it stood. */
  unfreeze(): void {
    this.#ahead = this.ahead;
    this.#stoodAt = undefined;
  }

  /** Back to what the clock below shows. */
  reset(): void {
    this.#ahead = 0;
    this.#stoodAt = undefined;
    this.#moved();
  }

  /** Calls `listener` whenever the clock was moved. @returns what ends that */
  onMoved(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #moved(): void {
    for (const listener of this.#listeners) listener();
  }
}
