import { ManifestError } from '../errors.js';

/** Characters that a row may have: more than any row of a manifest needs, and less than would hurt. */
export const longestRow = 64 * 1024;

export const rowTooLong = (line: number): ManifestError =>
  new ManifestError(
    `the row is longer than ${longestRow} characters`,
    'see whether its line ends, and whether the file is a list of EIDs at all',
    { line },
  );

export const tooManyLines = (most: number): ManifestError =>
  new ManifestError(
    `the file has more than ${most} lines`,
    'split it, or raise the limit (SMDP_MANIFEST_LINES)',
    { line: most + 1 },
  );
