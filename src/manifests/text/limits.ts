import { ManifestError } from '../errors.js';

/** Maximum length of a row in characters: far more than a manifest needs, but harmless. */
export const longestRow = 64 * 1024;

export const rowTooLong = (line: number): ManifestError =>
  new ManifestError(
    `the row is longer than ${longestRow} characters`,
    'check that its line ends, and that the file is a list of EIDs',
    { line },
  );

export const tooManyLines = (most: number): ManifestError =>
  new ManifestError(
    `the file has more than ${most} lines`,
    'split it, or raise the limit (SMDP_MANIFEST_LINES)',
    { line: most + 1 },
  );
