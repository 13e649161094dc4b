/** Remembers the newest `most` values. */
export class Recent<V> {
  readonly #values = new Map<string, V>();

  constructor(private readonly most: number) {}

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.most) return;
    const [oldest] = this.#values.keys();
    this.#values.delete(oldest!);
  }

  delete(key: string): void {
    this.#values.delete(key);
  }
}
