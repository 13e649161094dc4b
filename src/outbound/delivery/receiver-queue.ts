import { reasonOf } from '../../base/connection-error.js';
import type { Clock } from '../../base/clock.js';
import { backOff } from './back-off.js';
import type { ReceiverConnection, Item, Route, DeliveryFailure } from './route.js';

/** Maximum number of concurrent deliveries to one receiver. */
const width = 8;
/** Milliseconds, longer than any delivery takes. When a lease runs out, its process has ended, and another may deliver the item. */
const leaseTime = 30_000;
/** The queue gives up an item after this number of attempts, if the receiver refused the last one. */
const patience = 10;

/** Messages for the people who run the server. */
export interface DeliveryLog {
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
}

export interface ReceiverQueueOptions {
  readonly clock: Clock;
  readonly log: DeliveryLog;
  /** Aborts the deliveries under way. */
  readonly signal: AbortSignal;
}

/** Delivers the items of one receiver, several at a time. */
export class ReceiverQueue<I extends Item> {
  readonly #options: ReceiverQueueOptions;
  readonly #underWay = new Set<Promise<void>>();
  #route: Route<I>;
  #connection: ReceiverConnection<I>;
  #problem: string | undefined;

  constructor(route: Route<I>, options: ReceiverQueueOptions) {
    this.#options = options;
    this.#route = route;
    this.#connection = route.connect(width);
  }

  /** Updates the receiver's data. If its address or credentials changed, closes the connection and opens a new one. */
  turnTo(route: Route<I>): void {
    const isSameWay = this.#route.way === route.way;
    this.#route = route;
    if (isSameWay) return;
    this.#connection.close();
    this.#connection = route.connect(width);
  }

  /** Deliveries under way. None of them rejects. */
  get underWay(): ReadonlySet<Promise<void>> {
    return this.#underWay;
  }

  /** Begins due deliveries, up to the width of the queue. */
  async fill(): Promise<void> {
    const { clock, log } = this.#options;
    const { remarks } = this.#route;
    const room = width - this.#underWay.size;
    if (room === 0) return;
    const now = clock.now().getTime();
    for (const item of await this.#route.lease(now, now + leaseTime, room)) {
      const made = this.#make(item)
        .catch((err: unknown) =>
          log.error({ err, ...remarks.about }, 'the outcome of a delivery was not stored'),
        )
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
