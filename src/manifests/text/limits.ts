import { ManifestError } from '../errors.js';

/** The maximum length of a row in characters. A manifest needs far less, but rows of this length do no harm. */
export const longestRow = 64 * 1024;

export const rowTooLong = (line: number): ManifestError =>
  new ManifestError(
    `the row is longer than ${longestRow} characters`,
    'check that the row ends with a line break, and that the file is a list of EIDs',
    { line },
  );

export const tooManyLines = (most: number): ManifestError =>
  new ManifestError(
    `the file has more than ${most} lines`,
    'split it, or raise the limit (SMDP_MANIFEST_LINES)',
    { line: most + 1 },
  );
