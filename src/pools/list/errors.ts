import type { SubscriberColumn } from '../../manifests/index.js';
import { firstCharacters } from '../../base/characters.js';

/** One problem with a list of codes. */
export interface ListProblem {
  /** Counted from 1. */
  readonly line: number;
  /** Number of the cell in its row, counted from 1. Absent for the row as a whole. */
  readonly column?: number | undefined;
  readonly field: 'smdpAddress' | 'iccid' | 'matchingId' | 'row' | SubscriberColumn;
  /** The text in the file, shortened. */
  readonly value?: string | undefined;
  /** What is wrong. */
  readonly message: string;
  /** What the user can do. */
  readonly remedy: string;
}

/** Raised if a file is not a list of activation codes that MDM systems accept. Nothing is imported. */
export class CodeListError extends Error {
  override readonly name = 'CodeListError';

  /**
   * @param problems the first problems, at least one
   * @param total number of all problems
   */
  constructor(
    readonly problems: readonly ListProblem[],
    readonly total = problems.length,
  ) {
    super(problems.slice(0, 1).map(problemLine).join('') + (total > 1 ? ` (and ${total - 1} more)` : ''));
  }
}

/** `line 3, column 2: what is wrong; what to do`. */
export const problemLine = ({ line, column, message, remedy }: ListProblem): string =>
  `line ${line}${column === undefined ? '' : `, column ${column}`}: ${message}; ${remedy}`;

const longestValue = 60;

/** Shortens a value from a file for a message. */
export const shortened = (value: string): string =>
  value.length > longestValue ? `${firstCharacters(value, longestValue)}…` : value;
