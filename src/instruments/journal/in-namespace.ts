import type { ExchangeEntry, JournalEntry, SessionTrace } from './entry.js';
import { hasTrait, matcherOf, type ExchangeFilter } from './filter.js';
import type { Journal } from './journal.js';
import type { Loss } from './losses.js';
import type { MatchingExchanges } from './tally.js';
import type { JournalView } from './view.js';

/** The namespace that an entry belongs to, as far as that is known by now. */
export const entryNamespace = (entry: JournalEntry): string | undefined =>
  entry.kind === 'exchange'
    ? (entry.exchange.facts.namespace ?? entry.session?.known.namespace)
    : entry.transition.namespace || undefined;

/** What names the device or the order of an exchange. */
const naming = ['session', 'eid', 'matchingId', 'iccid'] as const;

/**
 * The journal as those see it who work in one namespace. Exchanges that belong to none, because no order was found for them, are
 * shown to whoever names their device, MatchingID, ICCID or session: a test has to see what its device was refused. Connections
 * without a request are shown to whoever asks for them: nothing in them names a device.
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
      (entry) => meant.has(entry) || (isEverything && entry.kind === 'transition' && this.shows(entry)),
    );
    if (isEverything) this.journal.emptied(this.namespace);
    return meant.size;
  }

  /** Of the whole journal, whose bounds all share; nothing of what was before the namespace was emptied. */
  lost(filter: ExchangeFilter): Loss | undefined {
    return this.journal.lost(filter, this.namespace);
  }

  /** In all namespaces. */
  onRemoval(listener: () => void): () => void {
    return this.journal.onRemoval(listener);
  }

  /** Those of no namespace, too: what is told afterwards of their session may make them one of this. */
  subscribe(listener: (entry: JournalEntry) => void): () => void {
    return this.journal.subscribe((entry) => {
      if (!this.#isForeign(entry)) listener(entry);
    });
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

/** An empty MatchingID names nothing. */
const isNamedBy = (filter: ExchangeFilter, entry: ExchangeEntry): boolean =>
  (entry.exchange.mishap !== undefined &&
    (filter.unserved === true || filter.interface === entry.exchange.interfaceName)) ||
  naming.some((trait) => {
    const wanted = filter[trait];
    return wanted !== undefined && wanted !== '' && hasTrait(entry, trait, wanted);
  });
