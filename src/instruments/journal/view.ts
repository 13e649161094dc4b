import type { ExchangeEntry, JournalEntry, SessionTrace } from './entry.js';
import type { ExchangeFilter } from './filter.js';
import type { Loss } from './losses.js';
import type { MatchingExchanges } from './tally.js';

/** The journal as one scope sees it. */
export interface JournalView {
  /** The id of the newest entry; 0 before there is one. */
  readonly lastId: number;
  /** Whether the journal keeps entries at all. */
  readonly isKept: boolean;
  /** All visible entries, oldest first. */
  entries(): readonly JournalEntry[];
  /** The exchanges that match a filter, oldest first. */
  exchanges(filter?: ExchangeFilter): readonly ExchangeEntry[];
  /** Counts the exchanges that match a filter, now and as they arrive. The caller must end it. */
  tally(filter: ExchangeFilter): Promise<MatchingExchanges>;
  exchange(id: number): ExchangeEntry | undefined;
  /** Exchanges to compare with a filter, whether they match or not. */
  candidates(filter: ExchangeFilter): readonly ExchangeEntry[];
  /** Sessions to compare with a filter, in the order they began. */
  candidateSessions(filter: ExchangeFilter): Iterable<SessionTrace>;
  /** @param transactionId hex in upper or lower case */
  session(transactionId: string): SessionTrace | undefined;
  /** Removes exchanges, and without a filter everything else too. @returns the number of exchanges removed */
  remove(filter?: ExchangeFilter): number;
  /** Evicted entries in the filter's time range. Entries that a user removed do not count. */
  lost(filter: ExchangeFilter): Loss | undefined;
  /** @param listener called when profiles or entries are removed @returns a function that unsubscribes */
  onRemoval(listener: () => void): () => void;
  /** @param listener called with every new entry that may affect what this scope sees @returns a function that unsubscribes */
  subscribe(listener: (entry: JournalEntry) => void): () => void;
  /** Whether a reported entry is among {@link entries}. */
  shows(entry: JournalEntry): boolean;
}
