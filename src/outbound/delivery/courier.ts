import type { Clock } from '../../base/clock.js';
import { ReceiverQueue, type DeliveryLog } from './receiver-queue.js';
import type { Item, Route } from './route.js';
import { Signal } from '../../base/signal.js';

export interface CourierOptions<I extends Item> {
  /** Returns the receivers with queued items. Called in each round. */
  readonly routes: () => Promise<readonly Route<I>[]>;
  /**
   * Decides when the next attempt is due. Do not pass the server's own clock: if a tester freezes it, failed items are never
   * tried again.
   */
  readonly clock: Clock;
  readonly log: DeliveryLog;
  /** What the log says if the queue itself fails. */
  readonly failure: string;
}

/** Milliseconds between searches for items that are due for a retry, or that an ended process left in the queue. */
const interval = 1_000;

/**
 * Delivers queued items, each at least once. Retries until the receiver accepts the item or the queue gives it up. Each
 * receiver has its own queue, which delivers several items at a time. So a slow receiver does not slow down the others.
 */
export class Courier<I extends Item = Item> {
  readonly #options: CourierOptions<I>;
  readonly #queues = new Map<string, ReceiverQueue<I>>();
  readonly #breakingOff = new AbortController();
  readonly #signal = new Signal();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #closing = false;

  constructor(options: CourierOptions<I>) {
    this.#options = options;
  }

  /** From now on, delivers without being asked. */
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
        // Raised after the last look.
        if (this.#signal.isRaised) this.wake();
      });
  }

  /** Resolves when nothing is under way and nothing due. */
  async idle(): Promise<void> {
    while (this.#working) await this.#working;
  }

  /**
   * Finishes the deliveries under way. After `grace` milliseconds it aborts them: the next start delivers those items again.
   */
  async close(grace = 1_000): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    this.#signal.raise();
    const brake = setTimeout(() => this.#breakingOff.abort(), grace);
    await this.#working;
    await Promise.all(this.#underWay);
    clearTimeout(brake);
    for (const queue of this.#queues.values()) queue.close();
  }

  async #work(): Promise<void> {
    for (;;) {
      this.#signal.reset();
      if (!this.#closing) await this.#fillQueues();
      const underWay = this.#underWay;
      if (underWay.length === 0 && !this.#signal.isRaised) return;
      await Promise.race([...underWay, this.#signal.raised]);
    }
  }

  async #fillQueues(): Promise<void> {
    const { routes, clock, log } = this.#options;
    const options = { clock, log, signal: this.#breakingOff.signal };
    const known = await routes();
    for (const route of known) {
      const queue = this.#queues.get(route.name) ?? new ReceiverQueue(route, options);
      this.#queues.set(route.name, queue);
      queue.turnTo(route);
      await queue.fill();
    }
    this.#closeUnusedQueues(new Set(known.map(({ name }) => name)));
  }

  /** Closes the queues of receivers that have nothing more to receive. */
  #closeUnusedQueues(known: ReadonlySet<string>): void {
    for (const [name, queue] of this.#queues) {
      if (known.has(name) || queue.underWay.size > 0) continue;
      queue.close();
      this.#queues.delete(name);
    }
  }

  get #underWay(): readonly Promise<void>[] {
    return [...this.#queues.values()].flatMap((queue) => [...queue.underWay]);
  }
}
