type End = () => unknown;

/**
 * What has to end when the server stops, in three phases: work that the server begins by itself, then all listeners at once,
 * then what requests in flight still need.
 */
export class Shutdown {
  readonly #background: End[] = [];
  readonly #listeners: End[] = [];
  readonly #foundations: End[] = [];

  /** Ends first: timers, subscriptions, answers that are held back. */
  background(end: End): void {
    this.#background.push(end);
  }

  /** Ends together with all other listeners. */
  listener(end: End): void {
    this.#listeners.push(end);
  }

  /** Ends last, the newest first: the database is registered before what uses it. */
  foundation(end: End): void {
    this.#foundations.unshift(end);
  }

  async run(): Promise<void> {
    for (const end of this.#background) await end();
    await Promise.all(this.#listeners.map(async (end) => end()));
    for (const end of this.#foundations) await end();
  }
}
