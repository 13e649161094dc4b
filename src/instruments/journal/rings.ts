import type { JournalEntry } from './entry.js';
import { RingBuffer, type RingLimits } from './ring.js';

/** Limits on size and age, for any number of entries. */
const limits: Omit<RingLimits, 'count'> = { octets: 128 * 1024 * 1024, age: 24 * 60 * 60 * 1000 };

/** Requests that reached no function have their own, smaller space. Stray traffic cannot push out real exchanges. */
const unservedLimits: RingLimits = { count: 1000, octets: 4 * 1024 * 1024, age: limits.age };

/** Events of virtual devices also have their own space, because a download causes about ten events. */
const deviceLimits: RingLimits = { count: 2000, octets: 8 * 1024 * 1024, age: limits.age };

/** The newest entries. Each kind of entry has its own space. */
export class Rings {
  readonly #served: RingBuffer<JournalEntry>;
  readonly #unserved: RingBuffer<JournalEntry>;
  readonly #devices: RingBuffer<JournalEntry>;

  /** @param forget called for every entry that is removed; `isExcess` is true if a limit was the reason */
  constructor(count: number, forget: (entry: JournalEntry, isExcess: boolean) => void) {
    this.#served = new RingBuffer({ count, ...limits }, forget);
    this.#unserved = new RingBuffer(
      { ...unservedLimits, count: Math.min(count, unservedLimits.count) },
      forget,
    );
    this.#devices = new RingBuffer({ ...deviceLimits, count: Math.min(count, deviceLimits.count) }, forget);
  }

  push(entry: JournalEntry): void {
    this.#ringFor(entry).push(entry);
  }

  /** All kept entries, oldest first. */
  all(): readonly JournalEntry[] {
    const now = performance.now();
    const served = this.#served.all(now);
    const others = [...this.#unserved.all(now), ...this.#devices.all(now)];
    return others.length === 0 ? served : [...served, ...others].sort((one, other) => one.id - other.id);
  }

  remove(isMeant: (entry: JournalEntry) => boolean): void {
    for (const ring of [this.#served, this.#unserved, this.#devices]) ring.remove(isMeant);
  }

  /** Drops exchanges that are too old. */
  dropOld(): void {
    const now = performance.now();
    this.#served.dropOld(now);
    this.#unserved.dropOld(now);
  }

  #ringFor(entry: JournalEntry): RingBuffer<JournalEntry> {
    if (entry.kind === 'device') return this.#devices;
    return isUnserved(entry) ? this.#unserved : this.#served;
  }
}

/** Whether the entry is a connection or request that reached no function. */
export const isUnserved = (entry: JournalEntry): boolean =>
  entry.kind === 'exchange' && entry.exchange.listenerFailure !== undefined;
