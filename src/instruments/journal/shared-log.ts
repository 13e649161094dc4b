import type { Membership, NewSharedEntry, SharedEntries, SharedEntry } from '../../store/index.js';
import { OneMoreRun } from '../../base/one-more-run.js';
import { toOctets } from '../exchanges/record.js';
import type { Loss } from './losses.js';

/** Milliseconds during which entries are collected before they are written together. */
const collecting = 20;
/** Milliseconds after which a failed write is tried again. */
const untilNextTry = 1_000;
/** Maximum number of entries to hold back while the database cannot be reached. If there are more, the oldest entries are lost. */
const mostWaiting = 10_000;
/** Number of entries to read at a time. */
const atOnce = 200;
/** Number of written entries after which old entries are dropped. */
const writtenBetweenDrops = 200;

export interface SharedLogOptions {
  readonly entries: SharedEntries;
  readonly membership: Pick<Membership, 'tell' | 'everyone'>;
  /** Maximum number of entries to keep. Older entries are not read. */
  readonly count: number;
  readonly received: (entry: SharedEntry) => void;
  /** Called when entries were not read because there are too many. */
  readonly skipped: (loss: Loss) => void;
  /** Whether a caller follows new entries live. If not, only {@link SharedLog.catchUp} reads entries. */
  readonly isFollowed: () => boolean;
  /** Called whenever there are new entries, read or not. */
  readonly news: () => void;
}

/** Writes the entries of this process to the shared journal, and reads the entries of all processes in one order. */
export class SharedLog {
  readonly #options: SharedLogOptions;
  readonly #flushing = new OneMoreRun(() => this.#flush());
  readonly #reading = new OneMoreRun(() => this.#read());
  #waiting: NewSharedEntry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #cursor = 0;
  #written = 0;
  #isClosed = false;

  constructor(options: SharedLogOptions) {
    this.#options = options;
  }

  /** The id of the newest entry that was read. */
  get lastId(): number {
    return this.#cursor;
  }

  write(record: object): void {
    this.#waiting.push({ writtenAt: Date.now(), octets: toOctets(record) });
    if (this.#waiting.length > mostWaiting) this.#waiting.shift();
    this.#flushIn(collecting);
  }

  /** Writes the entries that this process holds back. */
  flush(): Promise<void> {
    return this.#flushing.run();
  }

  /** Reads all entries that any process made before this call. */
  async catchUp(): Promise<void> {
    await Promise.all([this.flush(), this.#options.membership.everyone('flush')]);
    await this.#reading.run();
  }

  /** Call this when another process has written entries. */
  heard(): void {
    this.#options.news();
    if (this.#options.isFollowed()) this.#reading.run().catch(() => undefined);
  }

  /** Writes the remaining entries, and stops. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.flush().catch(() => undefined);
  }

  #flushIn(milliseconds: number): void {
    if (this.#timer !== undefined || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.flush().catch(() => this.#flushIn(untilNextTry));
    }, milliseconds);
    this.#timer.unref();
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    this.#waiting = [];
    const { entries, membership, count } = this.#options;
    try {
      await entries.appendEntries(batch);
    } catch (error) {
      this.#waiting = [...batch, ...this.#waiting].slice(-mostWaiting);
      throw error;
    }
    this.heard();
    await membership.tell('journal');
    this.#written += batch.length;
    if (this.#written < writtenBetweenDrops) return;
    this.#written = 0;
    await entries.dropOldEntries(count);
  }

  async #read(): Promise<void> {
    await this.#skipOld();
    for (;;) {
      const found = await this.#options.entries.entriesAfter(this.#cursor, atOnce);
      for (const entry of found) {
        this.#cursor = entry.id;
        this.#options.received(entry);
      }
      if (found.length < atOnce) return;
    }
  }

  /** Skips entries that the journal would drop at once. */
  async #skipOld(): Promise<void> {
    const { entries, count, skipped } = this.#options;
    const last = await entries.lastEntry();
    if (last - this.#cursor <= count) return;
    const id = last - count;
    const [next] = await entries.entriesAfter(id, 1);
    this.#cursor = id;
    skipped({ id, at: next?.writtenAt ?? Date.now() });
  }
}
