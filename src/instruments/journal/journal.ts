import type { Clock } from '../../base/clock.js';
import { Listeners } from '../../base/listeners.js';
import type { Membership, SharedEntries, SharedEntry } from '../../store/index.js';
import type { Answer } from '../exchanges/answer.js';
import type { Exchange, Interceptor } from '../exchanges/exchange.js';
import {
  ExchangeEntry,
  perEntry,
  type ExchangeTimes,
  type JournalEntry,
  type ProfileTransition,
  type SessionTrace,
} from './entry.js';
import { matcherOf, type ExchangeFilter } from './filter.js';
import { exchangeFrom } from '../exchanges/record.js';
import { exchangeRecord, logRecord, readRecord } from './log-record.js';
import { Losses, type Loss } from './losses.js';
import { isUnserved, Rings } from './rings.js';
import { SharedLog } from './shared-log.js';
import { MatchingExchanges } from './tally.js';
import { Traces } from './traces.js';
import { UnservedLosses } from './unserved-losses.js';
import type { JournalView } from './view.js';

export interface JournalOptions {
  readonly clock: Clock;
  /** Maximum number of entries. 0 keeps none. */
  readonly count: number;
}

/**
 * The newest exchanges and profile transitions, in memory. The journal keeps references to the messages, and decodes a
 * message only when somebody reads it. After {@link Journal.share}, the journal has the entries of several processes.
 * While the journal has subscribers, it fetches new entries at once, otherwise when somebody reads the journal.
 */
export class Journal implements Interceptor, JournalView {
  readonly #clock: Clock;
  readonly #count: number;
  readonly #rings: Rings;
  readonly #traces = new Traces();
  readonly #arrivals = new WeakMap<Exchange, number>();
  readonly #listeners = new Listeners<JournalEntry>();
  readonly #quietListeners = new Listeners<JournalEntry>();
  readonly #ownListeners = new Listeners<ExchangeEntry>();
  readonly #newsListeners = new Listeners<void>();
  readonly #removalListeners = new Listeners<void>();
  readonly #forgottenListeners = new Listeners<ExchangeEntry>();
  readonly #losses = new Losses();
  readonly #unservedLosses = new UnservedLosses();
  #log: SharedLog | undefined;
  #last = 0;

  constructor({ clock, count }: JournalOptions) {
    this.#clock = clock;
    this.#count = count;
    this.#rings = new Rings(count, (entry, isExcess) => this.#forget(entry, isExcess));
  }

  /** The id of the newest entry. 0: there was no entry yet. */
  get lastId(): number {
    return this.#last;
  }

  /** Whether the journal keeps entries. */
  get isKept(): boolean {
    return this.#count > 0;
  }

  received(exchange: Exchange): void {
    if (this.isKept) this.#arrivals.set(exchange, this.#clock.now().getTime());
  }

  ended(exchange: Exchange, answer: Answer): void {
    const at = this.#clock.now().getTime();
    const times = { at, arrivedAt: this.#arrivals.get(exchange) ?? at };
    if (!this.#log) return this.#ownListeners.tell(this.#enter(this.#last + 1, times, exchange, answer));
    this.#log.write(exchangeRecord(exchange, answer, times));
    this.#ownListeners.tell(new ExchangeEntry(0, times, exchange, answer, undefined));
  }

  /** Records a state transition of a profile. */
  changed(transition: ProfileTransition): void {
    if (this.#log) this.#log.write(logRecord({ kind: 'transition', transition }));
    else this.#add({ kind: 'transition', ...this.#head(this.#last + 1), transition });
  }

  /**
   * Records an event of a virtual device.
   *
   * @param namespace empty: none @param event as the API shows it
   */
  deviceEvent(namespace: string, event: object): void {
    if (this.#log) this.#log.write(logRecord({ kind: 'device', namespace, event }));
    else this.#add({ kind: 'device', ...this.#head(this.#last + 1), namespace, event });
  }

  /** All kept entries, oldest first. */
  entries(): readonly JournalEntry[] {
    return this.#rings.all();
  }

  /** The exchanges that match a filter, oldest first. */
  exchanges(filter: ExchangeFilter = {}): readonly ExchangeEntry[] {
    const matches = matcherOf(filter);
    return this.entries().filter(
      (entry): entry is ExchangeEntry => entry.kind === 'exchange' && matches(entry),
    );
  }

  /** Removes the exchanges that match the filter. Without a filter, removes all entries. @returns the number of exchanges removed */
  remove(filter: ExchangeFilter = {}): number {
    const isEverything = Object.values(filter).every((value) => value === undefined);
    const meant = new Set<JournalEntry>(this.exchanges(filter));
    this.drop((entry) => meant.has(entry) || (isEverything && entry.kind !== 'exchange'));
    if (isEverything) this.emptied();
    return meant.size;
  }

  /** Removes matching entries of all kinds. */
  drop(isMeant: (entry: JournalEntry) => boolean): void {
    if (this.#log) {
      const ids = this.entries().flatMap((entry) => (isMeant(entry) ? entry.id : []));
      this.#log.write(logRecord({ kind: 'removal', ids }));
    }
    this.#drop(isMeant);
  }

  /** The newest entry in the filter's time range that the journal evicted. `undefined`: none. */
  lost(filter: ExchangeFilter, namespace?: string): Loss | undefined {
    this.#rings.dropOld();
    const lost = filter.unserved === true ? undefined : this.#losses.in(filter, namespace);
    return lost ?? this.#unservedLosses.in(filter);
  }

  /** Records that a user emptied a namespace, or everything. Earlier entries no longer count as lost. */
  emptied(namespace?: string): void {
    this.#log?.write(logRecord({ kind: 'emptied', namespace, upTo: this.#last }));
    this.#forgive(namespace, this.#last);
  }

  /** Tells the listeners that profiles or entries were removed. */
  removed(): void {
    this.#removalListeners.tell();
  }

  /** @param listener called after each {@link removed} @returns a function that unsubscribes */
  onRemoval(listener: () => void): () => void {
    return this.#removalListeners.add(listener);
  }

  /** @param listener called with every exchange that the journal drops, for any reason @returns a function that unsubscribes */
  onForgotten(listener: (entry: ExchangeEntry) => void): () => void {
    return this.#forgottenListeners.add(listener);
  }

  /** Counts the exchanges that match a filter, now and as they arrive. */
  tally(filter: ExchangeFilter, isMeant = matcherOf(filter)): Promise<MatchingExchanges> {
    return new MatchingExchanges(this, isMeant).begin();
  }

  exchange(id: number): ExchangeEntry | undefined {
    return this.exchanges({ after: id - 1 }).find((entry) => entry.id === id);
  }

  /** Every exchange. */
  candidates(): readonly ExchangeEntry[] {
    return this.exchanges();
  }

  /** Every session. */
  candidateSessions(): Iterable<SessionTrace> {
    return this.sessions;
  }

  /** The whole journal shows every entry. */
  shows(): boolean {
    return true;
  }

  /** Sessions with at least one kept entry, in the order they began. */
  get sessions(): Iterable<SessionTrace> {
    this.entries();
    return this.#traces.all();
  }

  /** @param transactionId hex in upper or lower case */
  session(transactionId: string): SessionTrace | undefined {
    this.entries();
    return this.#traces.get(transactionId);
  }

  /** @param listener called with every new entry, even if it is not kept @returns a function that unsubscribes */
  subscribe(listener: (entry: JournalEntry) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Like {@link subscribe}, except that a shared journal reports entries to this listener only when somebody reads the journal. */
  subscribeQuietly(listener: (entry: JournalEntry) => void): () => void {
    return this.#quietListeners.add(listener);
  }

  /**
   * @param listener called at once with every exchange of this process. In a shared journal, the entry has no id yet
   * @returns a function that unsubscribes
   */
  subscribeToOwn(listener: (entry: ExchangeEntry) => void): () => void {
    return this.#ownListeners.add(listener);
  }

  /** See {@link JournalView.onChange}. */
  onChange(listener: () => void, concerns: (entry: JournalEntry) => boolean): () => void {
    const news = this.#log
      ? this.#newsListeners.add(listener)
      : this.subscribe((entry) => {
          if (concerns(entry)) listener();
        });
    const removals = this.onRemoval(listener);
    return () => {
      news();
      removals();
    };
  }

  /**
   * Keeps the entries in a journal that several processes share. This journal then shows the entries of all these processes, in one order.
   *
   * @returns the shared journal; `undefined` if this process keeps no journal
   */
  share(entries: SharedEntries, membership: Pick<Membership, 'tell' | 'everyone'>): SharedLog | undefined {
    if (!this.isKept) return undefined;
    this.#log = new SharedLog({
      ...{ entries, membership, count: this.#count },
      received: (entry) => this.#received(entry),
      skipped: (loss) => this.#losses.add(loss),
      isFollowed: () => this.#listeners.size > 0,
      news: () => this.#newsListeners.tell(),
    });
    return this.#log;
  }

  /** Reads what other processes have added. `undefined`: the journal is not shared. */
  catchUp(): Promise<void> | undefined {
    return this.#log?.catchUp();
  }

  /** Takes in an entry of the shared journal. */
  #received({ id, octets, writtenAt }: SharedEntry): void {
    this.#last = id;
    const record = readRecord(octets);
    const endedAt = performance.now() - (Date.now() - writtenAt);
    if (record?.kind === 'removal') {
      const ids = new Set(record.ids);
      this.#drop((entry) => ids.has(entry.id));
    } else if (record?.kind === 'emptied') this.#forgive(record.namespace, record.upTo);
    else if (record?.kind === 'exchange') {
      const exchange = exchangeFrom(record.exchange, endedAt - record.duration);
      this.#enter(id, { at: record.at, arrivedAt: record.arrivedAt, endedAt }, exchange, record.answer);
    } else if (record) this.#add({ ...record, ...this.#head(id, endedAt) });
  }

  #enter(id: number, times: ExchangeTimes, exchange: Exchange, answer: Answer): ExchangeEntry {
    const session = this.isKept ? this.#traces.of(exchange) : undefined;
    const entry = new ExchangeEntry(id, times, exchange, answer, session);
    session?.entries.push(entry);
    this.#add(entry);
    return entry;
  }

  #head(id: number, endedAt = performance.now()) {
    return { id, endedAt, octets: perEntry };
  }

  #add(entry: JournalEntry): void {
    this.#last = entry.id;
    if (this.isKept) this.#rings.push(entry);
    this.#listeners.tell(entry);
    this.#quietListeners.tell(entry);
  }

  #drop(isMeant: (entry: JournalEntry) => boolean): void {
    this.#rings.remove(isMeant);
    this.removed();
  }

  #forgive(namespace: string | undefined, upTo: number): void {
    if (namespace !== undefined) return this.#losses.forgiveIn(namespace, upTo);
    this.#losses.forgive();
    this.#unservedLosses.forgive();
  }

  #forget(entry: JournalEntry, isExcess: boolean): void {
    if (entry.kind !== 'exchange') return;
    entry.isForgotten = true;
    if (isExcess) (isUnserved(entry) ? this.#unservedLosses : this.#losses).add(entry);
    this.#forgottenListeners.tell(entry);
    this.#traces.forget(entry);
  }
}
