import type { ExchangeEntry, JournalEntry, SessionTrace } from './entry.js';
import type { ExchangeFilter } from './filter.js';
import type { Loss } from './losses.js';
import type { MatchingExchanges } from './tally.js';

/** The journal as one scope sees it: the whole server, or a namespace. */
export interface JournalView {
  /** The id of the newest entry. 0: the journal has had no entry yet. */
  readonly lastId: number;
  /** False: the journal is off and keeps no entries. */
  readonly isKept: boolean;
  /** Reads what other instances have added. `undefined`: the journal belongs to this process. */
  catchUp(): Promise<void> | undefined;
  /** All visible entries, oldest first. */
  entries(): readonly JournalEntry[];
  /** The exchanges that match a filter, oldest first. */
  exchanges(filter?: ExchangeFilter): readonly ExchangeEntry[];
  /**
   * Counts the exchanges that match a filter: kept exchanges, and new exchanges as they arrive. The caller must call
   * `end()` on the result.
   */
  tally(filter: ExchangeFilter): Promise<MatchingExchanges>;
  exchange(id: number): ExchangeEntry | undefined;
  /** The exchanges to search for near misses of a filter, whether they match it or not. */
  candidates(filter: ExchangeFilter): readonly ExchangeEntry[];
  /** The sessions to search for near misses of a filter, in the order they began. */
  candidateSessions(filter: ExchangeFilter): Iterable<SessionTrace>;
  /** @param transactionId hex in upper or lower case */
  session(transactionId: string): SessionTrace | undefined;
  /**
   * Removes the exchanges that match the filter. Without a filter, removes every entry. @returns the number of
   * exchanges removed
   */
  remove(filter?: ExchangeFilter): number;
  /** The newest entry in the filter's time range that the journal evicted. Entries that a user removed do not count. */
  lost(filter: ExchangeFilter): Loss | undefined;
  /** @param listener called when profiles or entries are removed @returns a function that unsubscribes */
  onRemoval(listener: () => void): () => void;
  /** @param listener called with every new entry that may concern this scope @returns a function that unsubscribes */
  subscribe(listener: (entry: JournalEntry) => void): () => void;
  /**
   * @param listener called after each new entry that `concerns` selects, and after each removal. A shared journal calls
   * the listener after every change, because it does not read the entries
   * @returns a function that unsubscribes
   */
  onChange(listener: () => void, concerns: (entry: JournalEntry) => boolean): () => void;
  /** Whether this scope sees an entry that {@link subscribe} reported. */
  shows(entry: JournalEntry): boolean;
}
