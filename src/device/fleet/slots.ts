/** Limits how many devices run at the same time. */
export class Slots {
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  /** Waits for a free slot and takes it. Returns `false` if the signal was aborted first. */
  async take(signal?: AbortSignal): Promise<boolean> {
    while (this.#taken >= this.most && !signal?.aborted) await this.#change(signal);
    if (signal?.aborted) return false;
    this.#taken++;
    return true;
  }

  release(): void {
    this.#taken--;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves when all slots are free. */
  async empty(): Promise<void> {
    while (this.#taken > 0) await this.#change();
  }

  #change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      signal?.addEventListener('abort', wake, { once: true });
      this.#waiting.push(wake);
    });
  }
}
