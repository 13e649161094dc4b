type End = () => unknown;

/**
 * Collects the functions that stop the parts of a server. The server stops in three phases: first its background work,
 * then all listeners at once, then the foundations that running requests still need.
 */
export class Shutdown {
  readonly #background: End[] = [];
  readonly #listeners: End[] = [];
  readonly #foundations: End[] = [];

  /** Adds work that ends first: timers, subscriptions, delayed answers. */
  background(end: End): void {
    this.#background.push(end);
  }

  /** Adds a listener. All listeners end together. */
  listener(end: End): void {
    this.#listeners.push(end);
  }

  /**
   * Adds a foundation. Foundations end last, the newest first, because the database is added before the parts that use
   * it.
   */
  foundation(end: End): void {
    this.#foundations.unshift(end);
  }

  async run(): Promise<void> {
    for (const end of this.#background) await end();
    await Promise.all(this.#listeners.map(async (end) => end()));
    for (const end of this.#foundations) await end();
  }
}
