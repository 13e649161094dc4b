/** Where in a file something is; both counted from 1. */
export interface FilePosition {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** The file as a whole cannot be understood. Nothing behind that place was read. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  constructor(
    /** What is wrong. */
    readonly problem: string,
    /** What to do about it. */
    readonly remedy: string,
    readonly place: FilePosition = {},
  ) {
    super(`${at(place)}${problem}; ${remedy}`);
  }
}

/** `line 3, column 2: `, or nothing. */
export const at = ({ line, column }: FilePosition): string =>
  line === undefined ? '' : `line ${line}${column === undefined ? '' : `, column ${column}`}: `;
