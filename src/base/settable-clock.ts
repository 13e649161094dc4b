import { systemClock, type Clock } from './clock.js';

/** The earliest and latest time of a clock. Certificates and JSON cannot express later times. */
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A clock that can be set and stopped. Until then, it shows the time of the clock below. */
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

  /** Milliseconds ahead of the clock below. Negative: behind. */
  get ahead(): number {
    return this.#stoodAt === undefined ? this.#ahead : this.#stoodAt - this.#below.now().getTime();
  }

  /** Sets the time. A frozen clock stays frozen. @throws RangeError outside 1970 to 9999 */
  set(to: Date): void {
    const time = to.getTime();
    if (!(time >= earliest && time <= latest)) throw new RangeError('the clock goes from 1970 to 9999');
    if (this.isFrozen) this.#stoodAt = time;
    else this.#ahead = time - this.#below.now().getTime();
    this.#moved();
  }

  /** @param milliseconds negative values move it back. @throws RangeError outside 1970 to 9999 */
  advance(milliseconds: number): void {
    this.set(new Date(this.now().getTime() + milliseconds));
  }

  /** Stops the clock. */
  freeze(): void {
    this.#stoodAt ??= this.now().getTime();
  }

  /** Resumes from the time at which the clock stopped. */
  unfreeze(): void {
    this.#ahead = this.ahead;
    this.#stoodAt = undefined;
  }

  /** Returns to the time of the clock below. */
  reset(): void {
    this.#ahead = 0;
    this.#stoodAt = undefined;
    this.#moved();
  }

  /** Calls `listener` whenever the clock is set, stopped or resumed. @returns a function that unsubscribes */
  onMoved(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #moved(): void {
    for (const listener of this.#listeners) listener();
  }
}
