import type { Answer } from '../exchanges/answer.js';
import type { Exchange } from '../exchanges/exchange.js';
import type { Facts } from '../exchanges/facts.js';
import { resultOf } from './result.js';

/** The facts that all entries of one session share. A fact learned in one step holds for all entries. */
export interface SessionTrace {
  /** Upper-case hex. */
  readonly transactionId: string;
  /** Oldest first. */
  readonly entries: ExchangeEntry[];
  /** Number of facts added to `known`. */
  learned: number;
  readonly known: { -readonly [Fact in 'eid' | 'matchingId' | 'iccid' | 'namespace']?: Facts[Fact] };
}

/** `at` and `arrivedAt` are milliseconds since 1970 by the server's clock, which a test may set or stop. */
export interface ExchangeTimes {
  /** When the server answered. */
  readonly at: number;
  readonly arrivedAt: number;
  /** When the server answered: monotonic, in milliseconds. Default: now. */
  readonly endedAt?: number | undefined;
}

/** One request and its answer. A message is decoded when somebody reads it. */
export class ExchangeEntry {
  readonly kind = 'exchange';
  readonly endedAt: number;
  readonly octets: number;
  /** See {@link ExchangeTimes}. */
  readonly at: number;
  readonly arrivedAt: number;
  /** Whether the journal has dropped this entry. */
  isForgotten = false;
  #result: string | undefined;

  constructor(
    /** Numbered from 1. Exchanges, transitions and device events share one sequence. 0: the entry is only for the log of this process. */
    readonly id: number,
    times: ExchangeTimes,
    readonly exchange: Exchange,
    readonly answer: Answer,
    /** Absent if the request belongs to no known session. */
    readonly session: SessionTrace | undefined,
  ) {
    this.endedAt = times.endedAt ?? performance.now();
    this.at = times.at;
    this.arrivedAt = times.arrivedAt;
    this.octets = perEntry + (exchange.request?.body.length ?? 0) + answer.body.length;
  }

  /** The known facts, including facts from other steps of the session. */
  get facts(): Facts {
    return this.session
      ? { ...this.session.known, ...withoutAbsent(this.exchange.facts) }
      : this.exchange.facts;
  }

  /** See {@link resultOf}. */
  get result(): string {
    return (this.#result ??= resultOf(this.exchange, this.answer));
  }

  /** From arrival to answer, in milliseconds. */
  get duration(): number {
    return this.endedAt - this.exchange.startedAt;
  }
}

/** A state transition of a profile. */
export interface TransitionEntry {
  readonly kind: 'transition';
  readonly id: number;
  readonly endedAt: number;
  readonly octets: number;
  readonly transition: ProfileTransition;
}

/** A state transition from the history of a profile. */
export interface ProfileTransition {
  readonly profileId: number;
  /** Empty: no namespace. */
  readonly namespace: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly trigger: string;
  readonly from: string;
  readonly to: string;
  readonly status?: string | undefined;
  readonly cause?: string | undefined;
  readonly eid?: string | undefined;
  readonly transactionId?: string | undefined;
  readonly functionCallIdentifier?: string | undefined;
}

/** An event of a virtual device in the server's process. */
export interface DeviceEntry {
  readonly kind: 'device';
  readonly id: number;
  readonly endedAt: number;
  readonly octets: number;
  /** Empty: no namespace. */
  readonly namespace: string;
  /** The event as the API shows it. */
  readonly event: object;
}

export type JournalEntry = ExchangeEntry | TransitionEntry | DeviceEntry;

/** Approximate overhead of an entry in octets, without the bodies of request and answer. */
export const perEntry = 2048;

const withoutAbsent = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
