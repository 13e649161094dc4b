/** A listed code whose ICCID or MatchingID already belongs to another profile. */
export interface TakenCode {
  /** Line of the list, counted from 1. */
  readonly line: number;
  /** Counted from 1. Absent for lists without a header. */
  readonly column?: number | undefined;
  readonly field: 'iccid' | 'matchingId' | 'imsi';
  readonly value: string;
  /** Says which profile has the value. */
  readonly message: string;
  /** What the user can do. */
  readonly remedy: string;
}

/** Raised if some codes of a list are already in use. Nothing is imported. */
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

/** Raised if a request conflicts with existing pools or lists. */
export class PoolConflictError extends Error {
  override readonly name = 'PoolConflictError';
  constructor(
    /** Member of the request that conflicts. */
    readonly field: string,
    /** What the member conflicts with. */
    readonly problem: string,
    /** What the user can do. */
    readonly remedy: string,
  ) {
    super(`${problem}; ${remedy}`);
  }
}
