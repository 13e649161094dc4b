/**
 * A change cannot be applied to a value. The message is the rest of a sentence that begins with the name of the value:
 * `is not there`.
 */
export class ChangeError extends Error {
  override readonly name = 'ChangeError';
}
