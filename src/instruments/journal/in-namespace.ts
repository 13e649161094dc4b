import type { ExchangeEntry, JournalEntry, SessionTrace } from './entry.js';
import { hasTrait, matcherOf, type ExchangeFilter } from './filter.js';
import type { Journal } from './journal.js';
import type { Loss } from './losses.js';
import type { MatchingExchanges } from './tally.js';
import type { JournalView } from './view.js';

/** The namespace of an entry. `undefined`: none, or not known yet. */
export const entryNamespace = (entry: JournalEntry): string | undefined =>
  entry.kind === 'exchange'
    ? (entry.exchange.facts.namespace ?? entry.session?.known.namespace)
    : (entry.kind === 'device' ? entry.namespace : entry.transition.namespace) || undefined;

/** Filter members that identify the device or the order of an exchange. */
const naming = ['session', 'eid', 'matchingId', 'iccid'] as const;

/**
 * The journal as one namespace sees it. An exchange without a namespace matched no order. The journal shows such an
 * exchange only if the filter names its device, MatchingID, ICCID or session. A test can then see why its device was
 * refused. A connection without a request names no device. The journal shows such connections whenever the filter asks
 * for them.
 */
export class NamespaceJournal implements JournalView {
  constructor(
    private readonly journal: Journal,
    private readonly namespace: string,
  ) {}

  get lastId(): number {
    return this.journal.lastId;
  }

  get isKept(): boolean {
    return this.journal.isKept;
  }

  catchUp(): Promise<void> | undefined {
    return this.journal.catchUp();
  }

  entries(): readonly JournalEntry[] {
    return this.journal.entries().filter((entry) => this.shows(entry));
  }

  exchanges(filter: ExchangeFilter = {}): readonly ExchangeEntry[] {
    return this.candidates(filter).filter(matcherOf(filter));
  }

  exchange(id: number): ExchangeEntry | undefined {
    const entry = this.journal.exchange(id);
    return entry && !this.#isForeign(entry) ? entry : undefined;
  }

  candidates(filter: ExchangeFilter): readonly ExchangeEntry[] {
    return this.journal.exchanges().filter((entry) => this.#isCandidate(filter, entry));
  }

  tally(filter: ExchangeFilter): Promise<MatchingExchanges> {
    const matches = matcherOf(filter);
    return this.journal.tally(filter, (entry) => matches(entry) && this.#isCandidate(filter, entry));
  }

  candidateSessions(filter: ExchangeFilter): Iterable<SessionTrace> {
    return [...this.journal.sessions].filter(({ known, entries }) =>
      known.namespace === undefined
        ? entries.some((entry) => isNamedBy(filter, entry))
        : known.namespace === this.namespace,
    );
  }

  session(transactionId: string): SessionTrace | undefined {
    const session = this.journal.session(transactionId);
    return (session?.known.namespace ?? this.namespace) === this.namespace ? session : undefined;
  }

  remove(filter: ExchangeFilter = {}): number {
    const meant = new Set<JournalEntry>(this.exchanges(filter));
    const isEverything = Object.values(filter).every((value) => value === undefined);
    this.journal.drop(
      (entry) => meant.has(entry) || (isEverything && entry.kind !== 'exchange' && this.shows(entry)),
    );
    if (isEverything) this.journal.emptied(this.namespace);
    return meant.size;
  }

  /**
   * The losses of the whole journal, because all namespaces share its limits. Losses before the last clearing of this
   * namespace do not count.
   */
  lost(filter: ExchangeFilter): Loss | undefined {
    return this.journal.lost(filter, this.namespace);
  }

  /** Reports removals in all namespaces. */
  onRemoval(listener: () => void): () => void {
    return this.journal.onRemoval(listener);
  }

  /** Also reports entries without a namespace, because a later entry of their session may assign them to this namespace. */
  subscribe(listener: (entry: JournalEntry) => void): () => void {
    return this.journal.subscribe((entry) => {
      if (!this.#isForeign(entry)) listener(entry);
    });
  }

  onChange(listener: () => void, concerns: (entry: JournalEntry) => boolean): () => void {
    return this.journal.onChange(listener, (entry) => !this.#isForeign(entry) && concerns(entry));
  }

  shows(entry: JournalEntry): boolean {
    return entryNamespace(entry) === this.namespace;
  }

  #isCandidate(filter: ExchangeFilter, entry: ExchangeEntry): boolean {
    return this.shows(entry) || (!this.#isForeign(entry) && isNamedBy(filter, entry));
  }

  #isForeign(entry: JournalEntry): boolean {
    return (entryNamespace(entry) ?? this.namespace) !== this.namespace;
  }
}

/**
 * Whether the filter names the device or order of an exchange, or asks for requests that reached no function. An empty
 * MatchingID names no order.
 */
const isNamedBy = (filter: ExchangeFilter, entry: ExchangeEntry): boolean =>
  (entry.exchange.listenerFailure !== undefined &&
    (filter.unserved === true || filter.interface === entry.exchange.interfaceName)) ||
  naming.some((trait) => {
    const wanted = filter[trait];
    return wanted !== undefined && wanted !== '' && hasTrait(entry, trait, wanted);
  });
