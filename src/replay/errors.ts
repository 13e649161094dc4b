/** A file that cannot be replayed; the message says what is wrong, where in the file, and what to do about it. */
export class ReplayFileError extends Error {
  override readonly name = 'ReplayFileError';
}

/** The same, where `error` says what is wrong at `place`. */
export const wrongAt = (place: string, error: unknown): ReplayFileError =>
  new ReplayFileError(`${place}: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
