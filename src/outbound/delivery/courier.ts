import type { Clock } from '../../base/clock.js';
import { ReceiverQueue, type DeliveryLog } from './receiver-queue.js';
import type { Item, Route } from './route.js';
import { Signal } from '../../base/signal.js';

export interface CourierOptions<I extends Item> {
  /** Returns all receivers that may have queued items. The courier calls this whenever it looks for items. */
  readonly routes: () => Promise<readonly Route<I>[]>;
  /**
   * The clock that decides when the next attempt is due. Do not pass the server's own clock: if a tester freezes it, failed items are
   * never tried again.
   */
  readonly clock: Clock;
  readonly log: DeliveryLog;
  /** What the log says if the queue itself fails. */
  readonly failure: string;
}

/** The interval, in milliseconds, at which the courier looks for items to retry and for items that another process left in the queue. */
const interval = 1_000;

/**
 * Delivers queued items, each at least once. Retries until the receiver accepts the item, or until the queue gives up on the item. Each
 * receiver has its own queue, which delivers several items at a time. So a slow receiver does not delay the others.
 */
export class Courier<I extends Item = Item> {
  readonly #options: CourierOptions<I>;
  readonly #queues = new Map<string, ReceiverQueue<I>>();
  readonly #abortion = new AbortController();
  readonly #signal = new Signal();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #closing = false;

  constructor(options: CourierOptions<I>) {
    this.#options = options;
  }

  /** Looks for items regularly until {@link Courier.close}. */
  start(): void {
    this.#timer = setInterval(() => this.wake(), interval);
    this.#timer.unref();
    this.wake();
  }

  /** Looks for new items. Returns at once. */
  wake(): void {
    if (this.#closing) return;
    this.#signal.raise();
    this.#working ??= this.#work()
      .catch((err: unknown) => this.#options.log.error({ err }, this.#options.failure))
      .finally(() => {
        this.#working = undefined;
        // If the signal was raised after the last search, search again.
        if (this.#signal.isRaised) this.wake();
      });
  }

  /** Resolves when no delivery is running and no item is due. */
  async idle(): Promise<void> {
    while (this.#working) await this.#working;
  }

  /**
   * Waits for the running deliveries, and aborts them after `grace` milliseconds. The items of aborted deliveries are delivered after the
   * next start.
   */
  async close(grace = 1_000): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    this.#signal.raise();
    const timer = setTimeout(() => this.#abortion.abort(), grace);
    await this.#working;
    await Promise.all(this.#running);
    clearTimeout(timer);
    for (const queue of this.#queues.values()) queue.close();
  }

  async #work(): Promise<void> {
    for (;;) {
      this.#signal.reset();
      if (!this.#closing) await this.#fillQueues();
      const running = this.#running;
      if (running.length === 0 && !this.#signal.isRaised) return;
      await Promise.race([...running, this.#signal.raised]);
    }
  }

  async #fillQueues(): Promise<void> {
    const { routes, clock, log } = this.#options;
    const options = { clock, log, signal: this.#abortion.signal };
    const known = await routes();
    for (const route of known) {
      const queue = this.#queues.get(route.name) ?? new ReceiverQueue(route, options);
      this.#queues.set(route.name, queue);
      queue.updateRoute(route);
      await queue.fill();
    }
    this.#closeUnusedQueues(new Set(known.map(({ name }) => name)));
  }

  /** Closes the idle queues of receivers that `routes` no longer returns. */
  #closeUnusedQueues(known: ReadonlySet<string>): void {
    for (const [name, queue] of this.#queues) {
      if (known.has(name) || queue.running.size > 0) continue;
      queue.close();
      this.#queues.delete(name);
    }
  }

  get #running(): readonly Promise<void>[] {
    return [...this.#queues.values()].flatMap((queue) => [...queue.running]);
  }
}
