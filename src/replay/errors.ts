/** Raised if a file cannot be replayed. The message says what is wrong, where in the file, and what to do. */
export class ReplayFileError extends Error {
  override readonly name = 'ReplayFileError';
}

/** A `ReplayFileError` which says that `error` occurred at `place` in the file. */
export const wrongAt = (place: string, error: unknown): ReplayFileError =>
  new ReplayFileError(`${place}: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
