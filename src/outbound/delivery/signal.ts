/** Something that has happened or not, and can be waited for. */
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

  /** Resolves when it is raised after the last reset. */
  get raised(): Promise<void> {
    return this.#raised;
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
