import type { Answer } from '../exchanges/answer.js';
import type { Exchange, Facts } from '../exchanges/exchange.js';
import { resultOf } from './result.js';

/** What all entries of one session have in common: what is learned of the device in one step holds for the others. */
export interface SessionTrace {
  /** Upper-case hex. */
  readonly transactionId: string;
  /** The oldest first. */
  readonly entries: ExchangeEntry[];
  /** How often something new has become known. */
  learned: number;
  readonly known: { -readonly [Fact in 'eid' | 'matchingId' | 'iccid' | 'namespace']?: Facts[Fact] };
}

/** In milliseconds since 1970 by the server's clock, which may stand still or be set. */
export interface ExchangeTimes {
  /** When it was answered. */
  readonly at: number;
  readonly arrivedAt: number;
}

/** One request and its answer, as kept: nothing is decoded until somebody looks at it. */
export class ExchangeEntry {
  readonly kind = 'exchange';
  readonly endedAt = performance.now();
  readonly octets: number;
  /** As {@link ExchangeTimes} has them. */
  readonly at: number;
  readonly arrivedAt: number;
  /** Whether the journal has given it up. */
  isForgotten = false;
  #result: string | undefined;

  constructor(
    /** Counts upwards from 1, together with the transitions. */
    readonly id: number,
    times: ExchangeTimes,
    readonly exchange: Exchange,
    readonly answer: Answer,
    /** Absent where the request is of no known session. */
    readonly session: SessionTrace | undefined,
  ) {
    this.at = times.at;
    this.arrivedAt = times.arrivedAt;
    this.octets = perEntry + (exchange.request?.body.length ?? 0) + answer.body.length;
  }

  /** What is known of it, from the other steps of its session too. */
  get facts(): Facts {
    return this.session
      ? { ...this.session.known, ...withoutAbsent(this.exchange.facts) }
      : this.exchange.facts;
  }

  /** As {@link resultOf} has it. */
  get result(): string {
    return (this.#result ??= resultOf(this.exchange, this.answer));
  }

  /** From arrival to answer, in milliseconds. */
  get duration(): number {
    return this.endedAt - this.exchange.begunAt;
  }
}

/** A transition of a profile. */
export interface TransitionEntry {
  readonly kind: 'transition';
  readonly id: number;
  readonly endedAt: number;
  readonly octets: number;
  readonly transition: ProfileTransition;
}

/** What became of a profile, as its history has it. */
export interface ProfileTransition {
  readonly profileId: number;
  /** Empty: none. */
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

export type JournalEntry = ExchangeEntry | TransitionEntry;

/** What an entry takes beside the octets of request and answer, about. */
export const perEntry = 2048;

const withoutAbsent = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
