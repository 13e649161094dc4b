/** Limits of a {@link RingBuffer}. If a limit is exceeded, the buffer drops its oldest items. */
export interface RingLimits {
  readonly count: number;
  readonly octets: number;
  /** Milliseconds. */
  readonly age: number;
}

/** An item in a ring buffer. */
export interface RingBufferItem {
  /** Approximate memory used, in octets. */
  readonly octets: number;
  /** Monotonic, in milliseconds. */
  readonly endedAt: number;
}

/** The newest items, limited by count, size and age. */
export class RingBuffer<T extends RingBufferItem> {
  #items: T[] = [];
  #first = 0;
  #octets = 0;

  /** @param dropped called for every item that leaves; `isExcess` is true when a limit removed it */
  constructor(
    private readonly limits: RingLimits,
    private readonly dropped: (item: T, isExcess: boolean) => void,
  ) {}

  push(item: T): void {
    this.#items.push(item);
    this.#octets += item.octets;
    this.#dropExcess(item.endedAt);
  }

  /** Drops items that are too old. @param now monotonic, in milliseconds */
  dropOld(now: number): void {
    this.#dropExcess(now);
  }

  /** All items within the age limit, oldest first. @param now monotonic, in milliseconds */
  all(now: number): readonly T[] {
    this.#dropExcess(now);
    return this.#items.slice(this.#first);
  }

  /** Removes the items that match `isMeant`. @returns the number removed */
  remove(isMeant: (item: T) => boolean): number {
    const before = this.#items.length - this.#first;
    const kept: T[] = [];
    for (const item of this.#items.slice(this.#first)) {
      if (isMeant(item)) this.#drop(item, false);
      else kept.push(item);
    }
    this.#items = kept;
    this.#first = 0;
    return before - kept.length;
  }

  #dropExcess(now: number): void {
    const { count, octets, age } = this.limits;
    for (let oldest = this.#items[this.#first]; oldest; oldest = this.#items[this.#first]) {
      const isFull = this.#items.length - this.#first > count || this.#octets > octets;
      if (!isFull && now - oldest.endedAt <= age) return;
      this.#items[this.#first++] = undefined as never;
      this.#drop(oldest, true);
      this.#compact();
    }
  }

  #drop(item: T, isExcess: boolean): void {
    this.#octets -= item.octets;
    this.dropped(item, isExcess);
  }

  /** Shifting items off a long array one by one would copy the array each time. */
  #compact(): void {
    if (this.#first < 1024 || this.#first * 2 < this.#items.length) return;
    this.#items = this.#items.slice(this.#first);
    this.#first = 0;
  }
}
