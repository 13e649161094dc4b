import type { Clock } from '../base/clock.js';
import type { Store } from '../store/index.js';
import { Lane, type ProgressLog } from './lane.js';
import type { ClientTls } from './operator-client.js';
import { Signal } from './signal.js';

export interface CourierOptions {
  readonly store: Store;
  /**
   * By what the next attempt is reckoned. A clock that stands still would hold back what has failed once: the server's own
   * idea of now, which testers may stop, is not meant for this.
   */
  readonly clock: Clock;
  readonly tls: ClientTls;
  /** How long an operator may take for its answer, in milliseconds. Default: 10 seconds. */
  readonly answerTimeout?: number | undefined;
  readonly log: ProgressLog;
}

/** Operators are to answer with a status and nothing else. */
const longestAnswer = 10_000;
/** How often to look for calls that are due again, or that another process has left behind, in milliseconds. */
const interval = 1_000;

/**
 * Makes the calls that are queued, each at least once, for as long as it takes: of one profile in order, to each operator
 * several at a time, and to no operator slower because of another.
 */
export class Courier {
  readonly #options: CourierOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #breakingOff = new AbortController();
  readonly #signal = new Signal();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #closing = false;

  constructor(options: CourierOptions) {
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
      .catch((err: unknown) => this.#options.log.error({ err }, 'operators were not told of downloads'))
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

  /** A lane for each operator that wants to be told, as it is registered now. */
  async #fillLanes(): Promise<void> {
    const { store, clock, tls, log, answerTimeout = longestAnswer } = this.#options;
    const options = { store, clock, tls, log, answerTimeout, signal: this.#breakingOff.signal };
    for (const operator of await store.operators()) {
      if (operator.callbackUrl === null) continue;
      const { identifier } = operator;
      const lane = this.#lanes.get(identifier) ?? new Lane(operator, options);
      this.#lanes.set(identifier, lane);
      lane.turnTo(operator);
      await lane.fill();
    }
  }

  get #underWay(): readonly Promise<void>[] {
    return [...this.#lanes.values()].flatMap((lane) => [...lane.underWay]);
  }
}
