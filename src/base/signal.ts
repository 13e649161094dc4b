/** Remembers that something has happened, until it is reset. Several occurrences count as one. */
export class Signal {
  #raise!: () => void;
  #raised!: Promise<void>;
  #isRaised = false;

  constructor() {
    this.reset();
  }

  get isRaised(): boolean {
    return this.#isRaised;
  }

  /** Resolves as soon as the signal has been raised since the last reset. */
  get raised(): Promise<void> {
    return this.#raised;
  }

  /** Resolves as soon as the signal is raised, or after this time, in milliseconds. */
  async raisedWithin(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([this.#raised, late]);
    clearTimeout(timer);
  }

  raise(): void {
    this.#isRaised = true;
    this.#raise();
  }

  reset(): void {
    this.#isRaised = false;
    this.#raised = new Promise((resolve) => (this.#raise = resolve));
  }
}
