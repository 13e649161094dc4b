/** Something wrong in a list of subscribers. */
export interface SubscriberProblem {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. Absent for the row as a whole. */
  readonly column?: number | undefined;
  readonly field: string;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** Whether the only problem is that another profile has the value. */
  readonly isTaken?: boolean | undefined;
}
