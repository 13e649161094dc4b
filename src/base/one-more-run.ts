/** Runs a piece of work for many callers. Callers that arrive during a run share the next run. */
export class OneMoreRun {
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(private readonly work: () => Promise<void>) {}

  /** @returns a promise that resolves when a run that began after this call has ended */
  run(): Promise<void> {
    if (!this.#running) return this.#begin();
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.#begin();
      });
    return this.#next;
  }

  #begin(): Promise<void> {
    const run = this.work().finally(() => {
      if (this.#running === run) this.#running = undefined;
    });
    return (this.#running = run);
  }
}
