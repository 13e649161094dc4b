/** A code of a list that cannot be had, because what it is made of belongs to something else here. */
export interface TakenCode {
  /** Line of the list, counted from 1. */
  readonly line: number;
  readonly field: 'iccid' | 'matchingId';
  readonly value: string;
  /** Whose it is. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Codes of a list are taken; none of the list was imported. */
export class CodesTakenError extends Error {
  override readonly name = 'CodesTakenError';

  /** @param codes at least one */
  constructor(readonly codes: readonly TakenCode[]) {
    super(
      codes
        .slice(0, 1)
        .map(({ line, message }) => `line ${line}: ${message}`)
        .join('') + (codes.length > 1 ? ` (and ${codes.length - 1} more)` : ''),
    );
  }
}

/** The pool cannot be what is asked for, because of what there is already. */
export class PoolConflictError extends Error {
  override readonly name = 'PoolConflictError';
  constructor(
    /** Member of the request that would have to be another. */
    readonly field: string,
    /** What is in the way. */
    readonly problem: string,
    /** What to do about it. */
    readonly remedy: string,
  ) {
    super(`${problem}; ${remedy}`);
  }
}
