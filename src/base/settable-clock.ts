import { systemClock, type Clock } from './clock.js';

/** The earliest and the latest time that a clock can show. Certificates and JSON cannot express later times. */
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** How a clock differs from the underlying clock. */
export interface ClockState {
  /** Milliseconds. */
  readonly ahead: number;
  /** When the clock was stopped, in milliseconds since 1970. Null if the clock runs. */
  readonly stoppedAt: number | null;
}

/** A clock that can be set and stopped. Until it is set or stopped, it shows the time of the underlying clock. */
export class SettableClock implements Clock {
  readonly #underlying: Clock;
  readonly #listeners = new Set<() => void>();
  #ahead = 0;
  #stoppedAt: number | undefined;

  constructor(underlying: Clock = systemClock) {
    this.#underlying = underlying;
  }

  now(): Date {
    return new Date(this.#stoppedAt ?? this.#underlying.now().getTime() + this.#ahead);
  }

  get isFrozen(): boolean {
    return this.#stoppedAt !== undefined;
  }

  /** Milliseconds that this clock is ahead of the underlying clock. Negative: it is behind. */
  get ahead(): number {
    return this.#stoppedAt === undefined ? this.#ahead : this.#stoppedAt - this.#underlying.now().getTime();
  }

  /** The state that {@link restore} needs to show the same time on another machine. The underlying clocks of both machines must agree. */
  get state(): ClockState {
    return { ahead: this.#ahead, stoppedAt: this.#stoppedAt ?? null };
  }

  /** Takes over the state of another clock. */
  restore({ ahead, stoppedAt }: ClockState): void {
    this.#ahead = ahead;
    this.#stoppedAt = stoppedAt ?? undefined;
    this.#moved();
  }

  /** Sets the time. A frozen clock stays frozen. @throws RangeError outside 1970 to 9999 */
  set(to: Date): void {
    const time = to.getTime();
    if (!(time >= earliest && time <= latest))
      throw new RangeError('the clock cannot show a time before 1970 or after 9999');
    if (this.isFrozen) this.#stoppedAt = time;
    else this.#ahead = time - this.#underlying.now().getTime();
    this.#moved();
  }

  /** @param milliseconds a negative number moves the clock back. @throws RangeError outside 1970 to 9999 */
  advance(milliseconds: number): void {
    this.set(new Date(this.now().getTime() + milliseconds));
  }

  freeze(): void {
    this.#stoppedAt ??= this.now().getTime();
  }

  /** Lets the clock run again from the time at which it stopped. */
  unfreeze(): void {
    this.#ahead = this.ahead;
    this.#stoppedAt = undefined;
  }

  /** Lets the clock show the time of the underlying clock again. */
  reset(): void {
    this.#ahead = 0;
    this.#stoppedAt = undefined;
    this.#moved();
  }

  /**
   * Calls `listener` whenever the clock is set, restored or reset. Stopping or resuming the clock does not
   * call `listener`, because the time does not jump. @returns a function that unsubscribes
   */
  onMoved(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #moved(): void {
    for (const listener of this.#listeners) listener();
  }
}
