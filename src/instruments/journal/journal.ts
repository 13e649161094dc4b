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
import { UnservedLosses } from './unserved-losses.js';
import { RingBuffer, type RingLimits } from './ring.js';
import { MatchingExchanges } from './tally.js';
import { namedTransaction } from './named-transaction.js';
import type { JournalView } from './view.js';

export interface JournalOptions {
  readonly clock: Clock;
  /** Maximum number of entries. 0 keeps none. */
  readonly count: number;
}

/** Limits on size and age. They apply in addition to the maximum number of entries. */
const limits: Omit<RingLimits, 'count'> = { octets: 128 * 1024 * 1024, age: 24 * 60 * 60 * 1000 };

/**
 * Limits for requests that reached no function. They have a buffer of their own, so that stray traffic cannot evict
 * real exchanges.
 */
const unservedLimits: RingLimits = { count: 1000, octets: 4 * 1024 * 1024, age: limits.age };

/** Limits for events of virtual devices. A download has about ten events. */
const deviceLimits: RingLimits = { count: 2000, octets: 8 * 1024 * 1024, age: limits.age };

/**
 * The newest exchanges and profile transitions, in memory. The journal stores messages as they were sent, and decodes a
 * message only when someone reads it.
 */
export class Journal implements Interceptor, JournalView {
  readonly #clock: Clock;
  readonly #served: RingBuffer<JournalEntry>;
  readonly #unserved: RingBuffer<JournalEntry>;
  readonly #devices: RingBuffer<JournalEntry>;
  readonly #sessions = new Map<string, SessionTrace>();
  readonly #arrivals = new WeakMap<Exchange, number>();
  readonly #listeners = new Set<(entry: JournalEntry) => void>();
  readonly #removalListeners = new Set<() => void>();
  readonly #forgottenListeners = new Set<(entry: ExchangeEntry) => void>();
  readonly #losses = new Losses();
  readonly #unservedLosses = new UnservedLosses();
  readonly #isKept: boolean;
  #last = 0;

  constructor({ clock, count }: JournalOptions) {
    this.#clock = clock;
    this.#isKept = count > 0;
    const forget = (entry: JournalEntry, isExcess: boolean): void => this.#forget(entry, isExcess);
    this.#served = new RingBuffer({ count, ...limits }, forget);
    this.#unserved = new RingBuffer(
      { ...unservedLimits, count: Math.min(count, unservedLimits.count) },
      forget,
    );
    this.#devices = new RingBuffer({ ...deviceLimits, count: Math.min(count, deviceLimits.count) }, forget);
  }

  /** The id of the newest entry. 0: the journal has had no entry yet. */
  get lastId(): number {
    return this.#last;
  }

  /** False: the journal is off and keeps no entries. */
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

  /** Records a state transition of a profile. */
  changed(transition: ProfileTransition): void {
    const endedAt = performance.now();
    this.#add({ kind: 'transition', id: ++this.#last, endedAt, octets: perEntry, transition });
  }

  /**
   * Records an event of a virtual device.
   *
   * @param namespace empty: none @param event as the API shows it
   */
  deviceEvent(namespace: string, event: object): void {
    const endedAt = performance.now();
    this.#add({ kind: 'device', id: ++this.#last, endedAt, octets: perEntry, namespace, event });
  }

  /** All kept entries, oldest first. */
  entries(): readonly JournalEntry[] {
    const now = performance.now();
    const served = this.#served.all(now);
    const others = [...this.#unserved.all(now), ...this.#devices.all(now)];
    return others.length === 0 ? served : [...served, ...others].sort((one, other) => one.id - other.id);
  }

  /** The exchanges that match a filter, oldest first. */
  exchanges(filter: ExchangeFilter = {}): readonly ExchangeEntry[] {
    const matches = matcherOf(filter);
    return this.entries().filter(
      (entry): entry is ExchangeEntry => entry.kind === 'exchange' && matches(entry),
    );
  }

  /**
   * Removes the exchanges that match the filter. Without a filter, removes every entry. @returns the number of
   * exchanges removed
   */
  remove(filter: ExchangeFilter = {}): number {
    const isEverything = Object.values(filter).every((value) => value === undefined);
    const meant = new Set<JournalEntry>(this.exchanges(filter));
    this.drop((entry) => meant.has(entry) || (isEverything && entry.kind !== 'exchange'));
    if (isEverything) {
      this.#losses.forgive();
      this.#unservedLosses.forgive();
    }
    return meant.size;
  }

  /** Removes matching entries of all kinds. */
  drop(isMeant: (entry: JournalEntry) => boolean): void {
    this.#served.remove(isMeant);
    this.#unserved.remove(isMeant);
    this.#devices.remove(isMeant);
    this.removed();
  }

  /** The newest entry in the filter's time range that the journal evicted. `undefined`: none. */
  lost(filter: ExchangeFilter, namespace?: string): Loss | undefined {
    const now = performance.now();
    this.#served.dropOld(now);
    this.#unserved.dropOld(now);
    const lost = filter.unserved === true ? undefined : this.#losses.in(filter, namespace);
    return lost ?? this.#unservedLosses.in(filter);
  }

  /** Records that a user emptied a namespace. Earlier entries of that namespace no longer count as lost. */
  emptied(namespace: string): void {
    this.#losses.forgiveIn(namespace, this.#last);
  }

  /** Tells the listeners that profiles or entries were removed. */
  removed(): void {
    for (const listener of this.#removalListeners) listener();
  }

  /** @param listener called after each {@link removed} @returns a function that unsubscribes */
  onRemoval(listener: () => void): () => void {
    this.#removalListeners.add(listener);
    return () => this.#removalListeners.delete(listener);
  }

  /** @param listener called with every exchange that the journal drops, for any reason @returns a function that unsubscribes */
  onForgotten(listener: (entry: ExchangeEntry) => void): () => void {
    this.#forgottenListeners.add(listener);
    return () => this.#forgottenListeners.delete(listener);
  }

  /** Counts the exchanges that match a filter: those kept already, and new ones as they arrive. */
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
    return this.#sessions.values();
  }

  /** @param transactionId hex in upper or lower case */
  session(transactionId: string): SessionTrace | undefined {
    this.entries();
    return this.#sessions.get(transactionId.toUpperCase());
  }

  /** @param listener called with every new entry, even if it is not kept @returns a function that unsubscribes */
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
    if (this.#isKept) this.#ringFor(entry).push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  #ringFor(entry: JournalEntry): RingBuffer<JournalEntry> {
    if (entry.kind === 'device') return this.#devices;
    return isUnserved(entry) ? this.#unserved : this.#served;
  }

  #forget(entry: JournalEntry, isExcess: boolean): void {
    if (entry.kind !== 'exchange') return;
    entry.isForgotten = true;
    if (isExcess) (isUnserved(entry) ? this.#unservedLosses : this.#losses).add(entry);
    for (const listener of this.#forgottenListeners) listener(entry);
    if (!entry.session) return;
    const { entries, transactionId } = entry.session;
    const at = entries.indexOf(entry);
    if (at >= 0) entries.splice(at, 1);
    if (entries.length === 0) this.#sessions.delete(transactionId);
  }
}

const isUnserved = (entry: JournalEntry): boolean =>
  entry.kind === 'exchange' && entry.exchange.listenerFailure !== undefined;
