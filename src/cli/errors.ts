/** Names of errors whose message is written for the person at the terminal. */
const expected: ReadonlySet<string> = new Set([
  'ConfigError',
  'ListenError',
  'PkiError',
  'StoreError',
  'CliError',
  'CertificateError',
  'MaterialError',
  'StateFileError',
  'ReplayFileError',
]);

/** Codes of the system that need no stack trace to be understood. */
const expectedCodes: ReadonlySet<string> = new Set([
  'EADDRINUSE',
  'EACCES',
  'EADDRNOTAVAIL',
  'EISDIR',
  'ENOENT',
  'ENOTDIR',
  'ENOTFOUND',
  'ECONNREFUSED',
  'EROFS',
]);

/** Whether the message alone says what is wrong. */
export const isExpected = (error: unknown): boolean =>
  error instanceof Error &&
  (expected.has(error.name) || expectedCodes.has((error as NodeJS.ErrnoException).code ?? ''));

/** Something that the person at the terminal can put right; the message says how. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** Whether it lies in what was typed, or in a setting, and not in how things stand. */
  readonly isMisuse: boolean = false;
}

/** An argument, an option or a setting that makes no sense. */
export class MisuseError extends CliError {
  override readonly isMisuse = true;
}

/** A file that cannot be replayed says nothing of how this build answers, so it is told apart from a replay that differs. */
const misuse: ReadonlySet<string> = new Set(['ConfigError', 'ReplayFileError']);

/** Whether an error is the fault of the command line or of a setting. */
export const isMisuse = (error: unknown): boolean =>
  (error instanceof CliError && error.isMisuse) ||
  (error instanceof Error && misuse.has(error.name)) ||
  namesUnsupportedStore(error);

const namesUnsupportedStore = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'StoreError' &&
  'failure' in error &&
  error.failure === 'unsupported';
