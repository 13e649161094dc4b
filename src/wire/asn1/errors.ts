/**
 * The only error that decoding and encoding throw.
 *
 * `path` names the invalid field, outermost first (`authenticateResponseOk.euiccSigned1.transactionId`). `offset` is the input octet where
 * the invalid TLV starts, or -1 when encoding. The message contains both: `transactionId: has 0 octets instead of 1 to 16 (at octet 2)`.
 */
export class Asn1Error extends Error {
  override readonly name = 'Asn1Error';
  #path: string[] = [];

  constructor(
    readonly problem: string,
    readonly offset = -1,
  ) {
    super(problem);
    this.#describe();
  }

  get path(): string {
    return this.#path.join('.');
  }

  /** Prepends the name of the enclosing field. @returns the same error */
  within(field: string): this {
    this.#path.unshift(field);
    this.#describe();
    return this;
  }

  #describe(): void {
    const field = this.#path.length > 0 ? `${this.path}: ` : '';
    const place = this.offset >= 0 ? ` (at octet ${this.offset})` : '';
    this.message = field + this.problem + place;
  }
}

/** Runs `body` and prepends `field` to the path of any {@link Asn1Error}. */
export function inField<T>(field: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw error instanceof Asn1Error ? error.within(field) : error;
  }
}
