/**
 * The only error that decoding or encoding raises.
 *
 * `path` names the field that is wrong, outermost first (`authenticateResponseOk.euiccSigned1.transactionId`);
 * `offset` is the octet in the input at which the offending TLV begins, -1 when encoding. The message gives
 * both: `transactionId: has 0 octets instead of 1 to 16 (at octet 2)`.
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

  /** Adds the name of the enclosing field and returns the same error. */
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

/** Runs `body`, adding `field` to the path of an {@link Asn1Error} that leaves it. */
export function inField<T>(field: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw error instanceof Asn1Error ? error.within(field) : error;
  }
}
