import type { ExchangeEntry, JournalEntry, SessionTrace } from './entry.js';
import type { ExchangeFilter } from './filter.js';
import type { Loss } from './losses.js';
import type { MatchingExchanges } from './tally.js';

/** What of the journal somebody gets to see. */
export interface JournalView {
  /** The id of the newest entry; 0 before there is one. */
  readonly lastId: number;
  /** Whether anything is kept. */
  readonly isKept: boolean;
  /** What there is to see, the oldest first. */
  entries(): readonly JournalEntry[];
  /** Exchanges that a filter is for, the oldest first. */
  exchanges(filter?: ExchangeFilter): readonly ExchangeEntry[];
  /** Counts the exchanges that a filter is for, those that are still to come as well. To be ended. */
  tally(filter: ExchangeFilter): Promise<MatchingExchanges>;
  exchange(id: number): ExchangeEntry | undefined;
  /** Exchanges that may be compared with a filter, whether it is for them or not. */
  candidates(filter: ExchangeFilter): readonly ExchangeEntry[];
  /** Sessions that may be compared with a filter, in the order in which they began. */
  candidateSessions(filter: ExchangeFilter): Iterable<SessionTrace>;
  /** @param transactionId hex in upper or lower case */
  session(transactionId: string): SessionTrace | undefined;
  /** Removes exchanges; without a filter, transitions too. @returns how many exchanges there were */
  remove(filter?: ExchangeFilter): number;
  /** What there is no more of the time that a filter is for, because the journal is bounded. What was removed is not lost. */
  lost(filter: ExchangeFilter): Loss | undefined;
  /** Has it told when profiles or entries are removed. @returns what ends it */
  onRemoval(listener: () => void): () => void;
  /** Has new entries told, kept or not: all that may make a difference to what is seen. @returns what ends it */
  subscribe(listener: (entry: JournalEntry) => void): () => void;
  /** Whether an entry that was told is one of {@link entries}. */
  shows(entry: JournalEntry): boolean;
}
