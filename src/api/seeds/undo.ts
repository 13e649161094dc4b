/** Undoes the steps of a seed that have been applied. */
export class Undo {
  readonly #steps: (() => unknown)[] = [];

  /** Remembers how to undo the last step. */
  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** Undoes all steps, the last step first. */
  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) await step();
  }
}
