/** Runs jobs one after the other. While a job is postponed, other jobs run. */
export class JobQueue {
  #last: Promise<void> = Promise.resolve();
  #open = 0;
  #isStopped = false;
  readonly #timers = new Map<NodeJS.Timeout, () => void>();
  readonly #waiting: (() => void)[] = [];

  add(job: () => Promise<void>): void {
    this.#open += 1;
    this.#run(job);
  }

  /** Runs a job after `milliseconds`. The waiting job does not keep the process alive. */
  addLater(job: () => Promise<void>, milliseconds: number): void {
    if (this.#isStopped) return;
    this.#open += 1;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#run(job);
    }, milliseconds).unref();
    this.#timers.set(timer, () => this.#closed());
  }

  /** Resolves when no job runs or waits. */
  idle(): Promise<void> {
    if (this.#open === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Drops the jobs that are postponed or have not begun. */
  stop(): void {
    this.#isStopped = true;
    for (const [timer, drop] of this.#timers) {
      clearTimeout(timer);
      drop();
    }
    this.#timers.clear();
  }

  /** Runs one job. A job reports its own errors. An unexpected error must not stop the later jobs. */
  #run(job: () => Promise<void>): void {
    this.#last = this.#last
      .then(() => (this.#isStopped ? undefined : job()))
      .catch(() => undefined)
      .then(() => this.#closed());
  }

  #closed(): void {
    this.#open -= 1;
    if (this.#open > 0) return;
    this.#waiting.splice(0).forEach((resolve) => resolve());
  }
}
