/** A change cannot be applied to the value. The message completes a sentence whose subject is the value. */
export class ChangeError extends Error {
  override readonly name = 'ChangeError';
}
