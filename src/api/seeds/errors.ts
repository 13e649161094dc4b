import type { FieldProblem } from '../http/problem.js';

/** Something wrong at one place of a seed file. */
export interface SeedProblem {
  /** Counted from 1. */
  readonly line: number;
  /** Character in that line, counted from 1. */
  readonly column: number;
  /** Path of the member: `profiles.3.eid`. Empty for the file as a whole. */
  readonly field: string;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** A seed that cannot be applied. The server has not changed. */
export class SeedError extends Error {
  override readonly name = 'SeedError';

  /**
   * @param file name of the file
   * @param problems at least one
   */
  constructor(
    readonly file: string,
    readonly problems: readonly SeedProblem[],
  ) {
    super(
      [`the seed was not applied, and nothing has changed:`, ...problems.flatMap(inWords(file))].join('\n'),
    );
  }

  /** The problems as members of problem details. */
  get fields(): readonly FieldProblem[] {
    return this.problems.map(({ line, column, field, message, remedy }) => ({
      ...{ field: field === '' ? 'seed' : field, line, column, message },
      ...(remedy !== undefined && { remedy }),
    }));
  }
}

const inWords =
  (file: string) =>
  ({ line, column, field, message, remedy }: SeedProblem): readonly string[] => [
    `  ${file}:${line}:${column}: ${field === '' ? '' : `${field}: `}${message}`,
    ...(remedy === undefined ? [] : [`    ${remedy}`]),
  ];
