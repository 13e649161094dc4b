/** A change that cannot be made to a value as it is, or that is not there. */
export class ChangeError extends Error {
  override readonly name = 'ChangeError';
}
