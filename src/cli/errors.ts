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
}
