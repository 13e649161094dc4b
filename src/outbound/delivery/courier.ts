import type { Clock } from '../../base/clock.js';
import { ReceiverQueue, type DeliveryLog } from './lane.js';
import type { Item, Route } from './route.js';
import { Signal } from './signal.js';

export interface CourierOptions<I extends Item> {
  /** The receivers that there may be something for, as they are known now. */
  readonly routes: () => Promise<readonly Route<I>[]>;
  /**
   * By what the next attempt is reckoned. A clock that stands still would hold back what has failed once: the server's own
   * idea of now, which testers may stop, is not meant for this.
   */
  readonly clock: Clock;
  readonly log: DeliveryLog;
  /** What the log says where the queue itself cannot be worked on. */
  readonly failure: string;
}

/** How often to look for what is due again, or what another process has left behind, in milliseconds. */
const interval = 1_000;

/**
 * Delivers what is queued, each item at least once, for as long as it takes: to each receiver several at a time, and to no
 * receiver slower because of another.
 */
export class Courier<I extends Item = Item> {
  readonly #options: CourierOptions<I>;
  readonly #lanes = new Map<string, ReceiverQueue<I>>();
  readonly #breakingOff = new AbortController();
  readonly #signal = new Signal();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #closing = false;

  constructor(options: CourierOptions<I>) {
    this.#options = options;
  }

  /** Works from now on by itself. */
  start(): void {
    this.#timer = setInterval(() => this.wake(), interval);
    this.#timer.unref();
    this.wake();
  }

  /** There is something new to deliver. Returns at once. */
  wake(): void {
    if (this.#closing) return;
    this.#signal.raise();
    this.#working ??= this.#work()
      .catch((err: unknown) => this.#options.log.error({ err }, this.#options.failure))
      .finally(() => {
        this.#working = undefined;
        // Raised between the last look and here.
        if (this.#signal.isRaised) this.wake();
      });
  }

  /** Resolves when nothing is under way and nothing due. */
  async idle(): Promise<void> {
    while (this.#working) await this.#working;
  }

  /**
   * Finishes what is under way, or breaks it off where that takes long: another start goes on with it.
   *
   * @param grace how long it may take, in milliseconds
   */
  async close(grace = 1_000): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    this.#signal.raise();
    const brake = setTimeout(() => this.#breakingOff.abort(), grace);
    await this.#working;
    await Promise.all(this.#underWay);
    clearTimeout(brake);
    for (const lane of this.#lanes.values()) lane.close();
  }

  async #work(): Promise<void> {
    for (;;) {
      this.#signal.reset();
      if (!this.#closing) await this.#fillLanes();
      const underWay = this.#underWay;
      if (underWay.length === 0 && !this.#signal.isRaised) return;
      await Promise.race([...underWay, this.#signal.raised]);
    }
  }

  async #fillLanes(): Promise<void> {
    const { routes, clock, log } = this.#options;
    const options = { clock, log, signal: this.#breakingOff.signal };
    const known = await routes();
    for (const route of known) {
      const lane = this.#lanes.get(route.name) ?? new ReceiverQueue(route, options);
      this.#lanes.set(route.name, lane);
      lane.turnTo(route);
      await lane.fill();
    }
    this.#closeLanes(new Set(known.map(({ name }) => name)));
  }

  /** Closes the lanes to receivers that nothing is to be delivered to any more. */
  #closeLanes(known: ReadonlySet<string>): void {
    for (const [name, lane] of this.#lanes) {
      if (known.has(name) || lane.underWay.size > 0) continue;
      lane.close();
      this.#lanes.delete(name);
    }
  }

  get #underWay(): readonly Promise<void>[] {
    return [...this.#lanes.values()].flatMap((lane) => [...lane.underWay]);
  }
}
