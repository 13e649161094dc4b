/** A text is not a property list. The message says what is wrong, and where. */
export class PlistError extends Error {
  override readonly name = 'PlistError';

  constructor(
    readonly reason: string,
    /** From 1. */
    readonly line: number,
    /** From 1. */
    readonly column: number,
  ) {
    super(`line ${line}, column ${column}: ${reason}`);
  }
}
