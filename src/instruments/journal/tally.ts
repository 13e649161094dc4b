import { inTurns } from '../../base/turns.js';
import type { ExchangeEntry, JournalEntry, SessionTrace } from './entry.js';

/** The journal functions that {@link MatchingExchanges} uses. */
export interface TallySource {
  entries(): readonly JournalEntry[];
  subscribe(listener: (entry: JournalEntry) => void): () => void;
  onForgotten(listener: (entry: ExchangeEntry) => void): () => void;
}

/**
 * The exchanges that match a condition, kept up to date while a caller waits. The journal is read once, at the start. After that,
 * each new exchange is tested once. When a session gains a fact, its earlier exchanges are tested again.
 */
export class MatchingExchanges {
  readonly #found = new Set<ExchangeEntry>();
  readonly #seen = new WeakMap<SessionTrace, number>();
  readonly #listeners = new Set<() => void>();
  readonly #ends: readonly (() => void)[];

  /** @param isMeant whether an exchange is counted */
  constructor(
    private readonly source: TallySource,
    private readonly isMeant: (entry: ExchangeEntry) => boolean,
  ) {
    this.#ends = [
      source.subscribe((entry) => {
        if (entry.kind === 'exchange') this.#arrived(entry);
      }),
      source.onForgotten((entry) => {
        if (this.#found.delete(entry)) this.#tell();
      }),
    ];
  }

  /**
   * Tests the entries that are already in the journal. Works in slices, so that the server can handle requests in
   * between.
   */
  async begin(): Promise<this> {
    for await (const entries of inTurns(this.source.entries())) {
      for (const entry of entries) if (entry.kind === 'exchange') this.#look(entry);
    }
    return this;
  }

  get count(): number {
    return this.#found.size;
  }

  /** Oldest first. */
  get exchanges(): readonly ExchangeEntry[] {
    return [...this.#found].sort((one, other) => one.id - other.id);
  }

  /** @param listener called whenever the count changes @returns a function that unsubscribes */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops counting. */
  end(): void {
    for (const end of this.#ends) end();
  }

  #arrived(entry: ExchangeEntry): void {
    const before = this.count;
    const { session } = entry;
    if (session && this.#seen.get(session) !== session.learned) {
      this.#seen.set(session, session.learned);
      for (const each of session.entries) this.#look(each);
    } else this.#look(entry);
    if (this.count !== before) this.#tell();
  }

  #look(entry: ExchangeEntry): void {
    if (!entry.isForgotten && this.isMeant(entry)) this.#found.add(entry);
    else this.#found.delete(entry);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
