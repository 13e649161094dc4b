import type { StoreFailure } from '../store/index.js';

/** Names of errors whose message is written for the person at the terminal. */
const expected: ReadonlySet<string> = new Set([
  'ConfigError',
  'ListenError',
  'PkiError',
  'StoreError',
  'CopyError',
  'CliError',
  'CertificateError',
  'MaterialError',
  'StateFileError',
  'ReplayFileError',
]);

/** System error codes that are clear without a stack trace. */
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

/** Whether the message is enough, without a stack trace. */
export const isExpected = (error: unknown): boolean =>
  error instanceof Error &&
  (expected.has(error.name) || expectedCodes.has((error as NodeJS.ErrnoException).code ?? ''));

/** A problem that the user can solve. The message says how. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** Whether an argument, an option or a setting is wrong. */
  readonly isMisuse: boolean = false;
}

/** An argument, an option or a setting is wrong: exit code 2. */
export class MisuseError extends CliError {
  override readonly isMisuse = true;
}

/** Ends the command line with this exit code. Prints no message, because the command has already printed it. */
export class ExitWith extends Error {
  override readonly name = 'ExitWith';

  constructor(readonly exitCode: number) {
    super(`exit code ${exitCode}`);
  }
}

/**
 * Names of other errors that end with exit code 2. A script can then tell an unusable replay file (2) from a replay with different
 * answers (1).
 */
const misuse: ReadonlySet<string> = new Set(['ConfigError', 'ReplayFileError']);

/** Failures of a database which mean that the user has named the wrong file or address. */
const wrongStores: ReadonlySet<unknown> = new Set<StoreFailure>(['unsupported', 'missing', 'foreign']);

/** Whether an argument, an option, a setting or a named file caused the error: exit code 2. */
export const isMisuse = (error: unknown): boolean =>
  error instanceof Error &&
  (misuse.has(error.name) || ('isMisuse' in error && error.isMisuse === true) || namesWrongStore(error));

const namesWrongStore = (error: Error): boolean =>
  error.name === 'StoreError' && 'failure' in error && wrongStores.has(error.failure);
