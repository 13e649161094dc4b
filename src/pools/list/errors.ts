import { firstCharacters } from '../../base/characters.js';

/** One thing that is wrong with a list of codes. */
export interface ListProblem {
  /** Counted from 1. */
  readonly line: number;
  /** Cell of the row, counted from 1; absent for the row as a whole. */
  readonly column?: number | undefined;
  readonly field: 'smdpAddress' | 'iccid' | 'matchingId' | 'row';
  /** What stands there, shortened. */
  readonly value?: string | undefined;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** A file that is no list of activation codes as MDM systems take it; nothing of it was imported. */
export class CodeListError extends Error {
  override readonly name = 'CodeListError';

  /**
   * @param problems the first ones, at least one
   * @param total how many there are
   */
  constructor(
    readonly problems: readonly ListProblem[],
    readonly total = problems.length,
  ) {
    super(problems.slice(0, 1).map(problemLine).join('') + (total > 1 ? ` (and ${total - 1} more)` : ''));
  }
}

/** `line 3, column 2: what is wrong; what to do about it`. */
export const problemLine = ({ line, column, message, remedy }: ListProblem): string =>
  `line ${line}${column === undefined ? '' : `, column ${column}`}: ${message}; ${remedy}`;

const longestValue = 60;

/** A value from a file, short enough to be repeated in a message. */
export const shortened = (value: string): string =>
  value.length > longestValue ? `${firstCharacters(value, longestValue)}…` : value;
