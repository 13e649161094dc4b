import type { Clock } from '../../base/clock.js';
import type { Answer } from '../exchanges/answer.js';
import type { Exchange, Interceptor } from '../exchanges/exchange.js';

import {
  ExchangeEntry,
  perEntry,
  type JournalEntry,
  type ProfileTransition,
  type SessionTrace,
} from './entry.js';
import { matcherOf, type ExchangeFilter } from './filter.js';
import { Losses, type Loss } from './losses.js';
import { MishapLosses } from './mishap-losses.js';
import { RingBuffer, type RingLimits } from './ring.js';
import { MatchingExchanges } from './tally.js';
import { namedTransaction } from './named-transaction.js';
import type { JournalView } from './view.js';

export interface JournalOptions {
  readonly clock: Clock;
  /** Entries that are kept; 0: none. */
  readonly count: number;
}

/** However many entries there may be, they never take more than this, nor are they kept for longer. */
const limits: Omit<RingLimits, 'count'> = { octets: 128 * 1024 * 1024, age: 24 * 60 * 60 * 1000 };

/** What was served no function has room of its own, and less: whoever knocks at the door cannot push out real exchanges. */
const mishapLimits: RingLimits = { count: 1000, octets: 4 * 1024 * 1024, age: limits.age };

/**
 * The newest exchanges and transitions of profiles, in memory. Keeps references only: what a message means is found out
 * when somebody looks at it.
 */
export class Journal implements Interceptor, JournalView {
  readonly #clock: Clock;
  readonly #ring: RingBuffer<JournalEntry>;
  readonly #mishaps: RingBuffer<JournalEntry>;
  readonly #sessions = new Map<string, SessionTrace>();
  readonly #arrivals = new WeakMap<Exchange, number>();
  readonly #listeners = new Set<(entry: JournalEntry) => void>();
  readonly #removalListeners = new Set<() => void>();
  readonly #forgottenListeners = new Set<(entry: ExchangeEntry) => void>();
  readonly #losses = new Losses();
  readonly #mishapLosses = new MishapLosses();
  readonly #isKept: boolean;
  #last = 0;

  constructor({ clock, count }: JournalOptions) {
    this.#clock = clock;
    this.#isKept = count > 0;
    const forget = (entry: JournalEntry, isExcess: boolean): void => this.#forget(entry, isExcess);
    this.#ring = new RingBuffer({ count, ...limits }, forget);
    this.#mishaps = new RingBuffer({ ...mishapLimits, count: Math.min(count, mishapLimits.count) }, forget);
  }

  /** The id of the newest entry; 0 before there is one. */
  get lastId(): number {
    return this.#last;
  }

  /** Whether anything is kept. */
  get isKept(): boolean {
    return this.#isKept;
  }

  received(exchange: Exchange): void {
    if (this.#isKept) this.#arrivals.set(exchange, this.#clock.now().getTime());
  }

  ended(exchange: Exchange, answer: Answer): void {
    const session = this.#sessionOf(exchange);
    const at = this.#clock.now().getTime();
    const arrivedAt = this.#arrivals.get(exchange) ?? at;
    const entry = new ExchangeEntry(++this.#last, { at, arrivedAt }, exchange, answer, session);
    session?.entries.push(entry);
    this.#add(entry);
  }

  /** Takes note of what became of a profile. */
  changed(transition: ProfileTransition): void {
    const endedAt = performance.now();
    this.#add({ kind: 'transition', id: ++this.#last, endedAt, octets: perEntry, transition });
  }

  /** All that is kept, the oldest first. */
  entries(): readonly JournalEntry[] {
    const now = performance.now();
    const mishaps = this.#mishaps.all(now);
    const others = this.#ring.all(now);
    return mishaps.length === 0 ? others : [...others, ...mishaps].sort((one, other) => one.id - other.id);
  }

  /** Exchanges that a filter is for, the oldest first. */
  exchanges(filter: ExchangeFilter = {}): readonly ExchangeEntry[] {
    const matches = matcherOf(filter);
    return this.entries().filter(
      (entry): entry is ExchangeEntry => entry.kind === 'exchange' && matches(entry),
    );
  }

  /** Removes exchanges; without a filter, transitions too. @returns how many exchanges there were */
  remove(filter: ExchangeFilter = {}): number {
    const isEverything = Object.values(filter).every((value) => value === undefined);
    const meant = new Set<JournalEntry>(this.exchanges(filter));
    this.drop((entry) => meant.has(entry) || (isEverything && entry.kind === 'transition'));
    if (isEverything) {
      this.#losses.forgive();
      this.#mishapLosses.forgive();
    }
    return meant.size;
  }

  /** Removes entries of all kinds. */
  drop(isMeant: (entry: JournalEntry) => boolean): void {
    this.#ring.remove(isMeant);
    this.#mishaps.remove(isMeant);
    this.removed();
  }

  /** What there is no more of the time that a filter is for, because the journal is bounded. */
  lost(filter: ExchangeFilter, namespace?: string): Loss | undefined {
    const now = performance.now();
    this.#ring.dropOld(now);
    this.#mishaps.dropOld(now);
    const lost = filter.unserved === true ? undefined : this.#losses.in(filter, namespace);
    return lost ?? this.#mishapLosses.in(filter);
  }

  /** All that is in a namespace was removed on purpose: to those who work there nothing before is lost. */
  emptied(namespace: string): void {
    this.#losses.forgiveIn(namespace, this.#last);
  }

  /** Has it told that something is gone: profiles, or entries. */
  removed(): void {
    for (const listener of this.#removalListeners) listener();
  }

  /** @param listener told whenever something is {@link removed} @returns what ends it */
  onRemoval(listener: () => void): () => void {
    this.#removalListeners.add(listener);
    return () => this.#removalListeners.delete(listener);
  }

  /** @param listener told of every exchange that is given up, for whatever reason @returns what ends it */
  onForgotten(listener: (entry: ExchangeEntry) => void): () => void {
    this.#forgottenListeners.add(listener);
    return () => this.#forgottenListeners.delete(listener);
  }

  /** Counts exchanges that a filter is for, from now on. */
  tally(filter: ExchangeFilter, isMeant = matcherOf(filter)): Promise<MatchingExchanges> {
    return new MatchingExchanges(this, isMeant).begin();
  }

  exchange(id: number): ExchangeEntry | undefined {
    return this.exchanges({ after: id - 1 }).find((entry) => entry.id === id);
  }

  /** All there are. */
  candidates(): readonly ExchangeEntry[] {
    return this.exchanges();
  }

  /** All there are. */
  candidateSessions(): Iterable<SessionTrace> {
    return this.sessions;
  }

  /** All are. */
  shows(): boolean {
    return true;
  }

  /** Sessions of which anything is kept, in the order in which they began. */
  get sessions(): Iterable<SessionTrace> {
    this.entries();
    return this.#sessions.values();
  }

  /** @param transactionId hex in upper or lower case */
  session(transactionId: string): SessionTrace | undefined {
    this.entries();
    return this.#sessions.get(transactionId.toUpperCase());
  }

  /** Has every new entry told, kept or not. @returns what ends it */
  subscribe(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #sessionOf(exchange: Exchange): SessionTrace | undefined {
    if (!this.#isKept) return undefined;
    const { facts } = exchange;
    const transactionId = facts.transactionId ?? namedTransaction(exchange);
    if (transactionId === undefined) return undefined;
    let session = this.#sessions.get(transactionId);
    if (!session)
      this.#sessions.set(transactionId, (session = { transactionId, entries: [], learned: 0, known: {} }));
    for (const fact of ['eid', 'matchingId', 'iccid', 'namespace'] as const) {
      if (session.known[fact] !== undefined || facts[fact] === undefined) continue;
      session.known[fact] = facts[fact];
      session.learned++;
    }
    return session;
  }

  #add(entry: JournalEntry): void {
    if (this.#isKept) (isMishap(entry) ? this.#mishaps : this.#ring).push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  #forget(entry: JournalEntry, isExcess: boolean): void {
    if (entry.kind !== 'exchange') return;
    entry.isForgotten = true;
    if (isExcess) (isMishap(entry) ? this.#mishapLosses : this.#losses).add(entry);
    for (const listener of this.#forgottenListeners) listener(entry);
    if (!entry.session) return;
    const { entries, transactionId } = entry.session;
    const at = entries.indexOf(entry);
    if (at >= 0) entries.splice(at, 1);
    if (entries.length === 0) this.#sessions.delete(transactionId);
  }
}

const isMishap = (entry: JournalEntry): boolean =>
  entry.kind === 'exchange' && entry.exchange.mishap !== undefined;
