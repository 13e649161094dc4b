/** What a {@link RingBuffer} may hold; the oldest goes first where there is more. */
export interface RingLimits {
  readonly count: number;
  readonly octets: number;
  /** Milliseconds. */
  readonly age: number;
}

/** Something that a ring holds. */
export interface RingBufferItem {
  /** What it takes of the memory, about. */
  readonly octets: number;
  /** Monotonic, in milliseconds. */
  readonly endedAt: number;
}

/** The newest things, bounded by count, size and age. */
export class RingBuffer<T extends RingBufferItem> {
  #items: T[] = [];
  #first = 0;
  #octets = 0;

  /** @param dropped told of everything that leaves; `isExcess`: to make room, or for its age */
  constructor(
    private readonly limits: RingLimits,
    private readonly dropped: (item: T, isExcess: boolean) => void,
  ) {}

  push(item: T): void {
    this.#items.push(item);
    this.#octets += item.octets;
    this.#dropExcess(item.endedAt);
  }

  /** Drops what is too old. @param now monotonic, in milliseconds */
  dropOld(now: number): void {
    this.#dropExcess(now);
  }

  /** All that is not too old, the oldest first. @param now monotonic, in milliseconds */
  all(now: number): readonly T[] {
    this.#dropExcess(now);
    return this.#items.slice(this.#first);
  }

  /** Removes what `isMeant` says. @returns how many there were */
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

  /** Taking from the front of a long array one by one costs its whole length each time. */
  #compact(): void {
    if (this.#first < 1024 || this.#first * 2 < this.#items.length) return;
    this.#items = this.#items.slice(this.#first);
    this.#first = 0;
  }
}
