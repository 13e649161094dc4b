/**
 * The only error that decoding or encoding raises.
 *
 * `path` names the field that is wrong, outermost first (`authenticateResponseOk.euiccSigned1.transactionId`);
 * `offset` is the octet in the input at which the offending TLV begins, -1 when encoding.
 */
export class Asn1Error extends Error {
  override readonly name = 'Asn1Error';
  #path: string[] = [];

  constructor(
    readonly problem: string,
    readonly offset = -1,
  ) {
    super(problem);
  }

  get path(): string {
    return this.#path.join('.');
  }

  /** Adds the name of the enclosing field and returns the same error. */
  within(field: string): this {
    this.#path.unshift(field);
    this.message = `${this.path}: ${this.problem}`;
    return this;
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
