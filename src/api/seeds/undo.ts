/** The way back from what has been done of a seed. */
export class Undo {
  readonly #steps: (() => unknown)[] = [];

  /** Remembers how to take back what was done last. */
  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** Takes everything back, the last step first. */
  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) await step();
  }
}
