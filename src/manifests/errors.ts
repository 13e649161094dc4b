/** A position in a file, counted from 1. */
export interface FilePosition {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Raised if the file as a whole is invalid. The server reads nothing after `place`. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  constructor(
    /** What is wrong. */
    readonly problem: string,
    /** What the user can do. */
    readonly remedy: string,
    readonly place: FilePosition = {},
  ) {
    super(`${at(place)}${problem}; ${remedy}`);
  }
}

/** `line 3, column 2: `, or an empty string. */
export const at = ({ line, column }: FilePosition): string =>
  line === undefined ? '' : `line ${line}${column === undefined ? '' : `, column ${column}`}: `;
