import { reasonOf } from '../../base/connection-error.js';
import type { Clock } from '../../base/clock.js';
import { backOff } from './back-off.js';
import type { ReceiverConnection, Item, Route, DeliveryFailure } from './route.js';

/** Maximum number of concurrent deliveries to one receiver. */
const width = 8;
/**
 * The length of a lease in milliseconds, longer than any delivery takes. A lease runs out only if the process that holds it has ended.
 * Another process may then deliver the item.
 */
const leaseTime = 30_000;
/** The queue gives up on an item after this number of attempts, if the receiver refused the item in the last attempt. */
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
  /** Aborts the running deliveries. */
  readonly signal: AbortSignal;
}

/** Delivers the items of one receiver, several at a time. */
export class ReceiverQueue<I extends Item> {
  readonly #options: ReceiverQueueOptions;
  readonly #running = new Set<Promise<void>>();
  #route: Route<I>;
  #connection: ReceiverConnection<I>;
  #problem: string | undefined;

  constructor(route: Route<I>, options: ReceiverQueueOptions) {
    this.#options = options;
    this.#route = route;
    this.#connection = route.connect(width);
  }

  /** Updates the receiver's details. If its address or credentials changed, closes the connection and opens a new one. */
  updateRoute(route: Route<I>): void {
    const isSameEndpoint = this.#route.endpoint === route.endpoint;
    this.#route = route;
    if (isSameEndpoint) return;
    this.#connection.close();
    this.#connection = route.connect(width);
  }

  /** The running deliveries. None of these promises rejects. */
  get running(): ReadonlySet<Promise<void>> {
    return this.#running;
  }

  /** Begins deliveries of due items, up to the maximum number of concurrent deliveries. */
  async fill(): Promise<void> {
    const { clock, log } = this.#options;
    const { remarks } = this.#route;
    const room = width - this.#running.size;
    if (room === 0) return;
    const now = clock.now().getTime();
    for (const item of await this.#route.lease(now, now + leaseTime, room)) {
      const delivery = this.#deliver(item)
        .catch((err: unknown) =>
          log.error({ err, ...remarks.about }, 'the outcome of a delivery was not stored'),
        )
        .finally(() => this.#running.delete(delivery));
      this.#running.add(delivery);
    }
  }

  close(): void {
    this.#connection.close();
  }

  async #deliver(item: I): Promise<void> {
    const route = this.#route;
    const outcome = await this.#attempt(item);
    const now = this.#options.clock.now().getTime();
    if (outcome === 'aborted') return route.giveBack(item);
    if (outcome === 'received') {
      this.#note(undefined);
      return route.received(item, now);
    }
    const { problem, isRefusal, isFinal = false } = outcome;
    const attempts = item.attempts + 1;
    this.#note(isRefusal ? undefined : problem);
    return isFinal || (isRefusal && attempts >= patience)
      ? route.giveUp(item, now, outcome)
      : route.postpone(item, now + backOff(attempts), outcome);
  }

  async #attempt(item: I): Promise<'received' | 'aborted' | DeliveryFailure> {
    const { signal } = this.#options;
    if (signal.aborted) return 'aborted';
    try {
      const outcome = await this.#connection.deliver(item, signal);
      return outcome !== 'received' && signal.aborted ? 'aborted' : outcome;
    } catch (error) {
      return signal.aborted ? 'aborted' : { problem: reasonOf(error), isRefusal: false };
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
