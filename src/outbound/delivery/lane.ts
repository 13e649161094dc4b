import type { Clock } from '../../base/clock.js';
import { backOff } from './back-off.js';
import type { ReceiverConnection, Item, Route, DeliveryFailure } from './route.js';

/** Deliveries to one receiver that are under way at a time. */
const laneWidth = 8;
/** Longer than a delivery takes: what is not settled by then was left behind by a process that is gone. */
const leaseTime = 30_000;
/** How often a receiver may refuse an item before that is taken for its last word. */
const patience = 10;

/** Where it is said what those who run the server should know. */
export interface DeliveryLog {
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
}

export interface ReceiverQueueOptions {
  readonly clock: Clock;
  readonly log: DeliveryLog;
  /** Aborted when deliveries under way are to be broken off. */
  readonly signal: AbortSignal;
}

/** The deliveries to one receiver, several at a time. */
export class ReceiverQueue<I extends Item> {
  readonly #options: ReceiverQueueOptions;
  readonly #underWay = new Set<Promise<void>>();
  #route: Route<I>;
  #connection: ReceiverConnection<I>;
  #problem: string | undefined;

  constructor(route: Route<I>, options: ReceiverQueueOptions) {
    this.#options = options;
    this.#route = route;
    this.#connection = route.connect(laneWidth);
  }

  /** Goes by what is known of the receiver now. */
  turnTo(route: Route<I>): void {
    const isSameWay = this.#route.way === route.way;
    this.#route = route;
    if (isSameWay) return;
    this.#connection.close();
    this.#connection = route.connect(laneWidth);
  }

  /** Deliveries that are being made; none of them raises anything. */
  get underWay(): ReadonlySet<Promise<void>> {
    return this.#underWay;
  }

  /** Begins the deliveries that are due, as many as there is room for. */
  async fill(): Promise<void> {
    const { clock, log } = this.#options;
    const { remarks } = this.#route;
    const room = laneWidth - this.#underWay.size;
    if (room === 0) return;
    const now = clock.now().getTime();
    for (const item of await this.#route.lease(now, now + leaseTime, room)) {
      const made = this.#make(item)
        .catch((err: unknown) => log.error({ err, ...remarks.about }, 'what came of a call was not kept'))
        .finally(() => this.#underWay.delete(made));
      this.#underWay.add(made);
    }
  }

  close(): void {
    this.#connection.close();
  }

  async #make(item: I): Promise<void> {
    const route = this.#route;
    const outcome = await this.#attempt(item);
    const now = this.#options.clock.now().getTime();
    if (outcome === 'brokenOff') return route.giveBack(item);
    if (outcome === 'received') {
      this.#note(undefined);
      return route.received(item, now);
    }
    const { problem, heard, isFinal = false } = outcome;
    const attempts = item.attempts + 1;
    this.#note(heard ? undefined : problem);
    return isFinal || (heard && attempts >= patience)
      ? route.giveUp(item, now, outcome)
      : route.postpone(item, now + backOff(attempts), outcome);
  }

  async #attempt(item: I): Promise<'received' | 'brokenOff' | DeliveryFailure> {
    const { signal } = this.#options;
    if (signal.aborted) return 'brokenOff';
    try {
      const outcome = await this.#connection.deliver(item, signal);
      return outcome !== 'received' && signal.aborted ? 'brokenOff' : outcome;
    } catch (error) {
      return signal.aborted ? 'brokenOff' : { problem: reasonOf(error), heard: false };
    }
  }

  #note(problem: string | undefined): void {
    const { log } = this.#options;
    const { about, failing, again } = this.#route.remarks;
    if (problem !== undefined && this.#problem === undefined) log.warn({ ...about, problem }, failing);
    if (problem === undefined && this.#problem !== undefined) log.info(about, again);
    this.#problem = problem;
  }
}

/** Where a name has several addresses, the error is that of all attempts, and says nothing itself. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return first instanceof Error ? first.message || first.name : 'the call failed';
}
