/** What became of an exchange that was replayed, or why it was not. */
export type ReplayOutcome = 'same' | 'different' | 'notReplayed';

/** Something that is answered otherwise than it was. */
export interface Difference {
  /** Where: `smdpSigned2.ccRequiredFlag`, `header.functionExecutionStatus.status`, `HTTP status`, `order.state`. */
  readonly path: string;
  /** As it was, in the form in which the journal shows it; absent: it was not there. */
  readonly recorded?: string | undefined;
  /** As it is; absent: it is not there. */
  readonly now?: string | undefined;
}

/** An exchange of the file. */
export interface ReplayedExchange {
  /** Its number in the journal that it comes from. */
  readonly id: number;
  readonly interface: string;
  readonly function: string;
  /** TransactionId. */
  readonly session?: string | undefined;
  readonly outcome: ReplayOutcome;
  /** What was answered: `Executed-Success`, `8.2.6/3.8`, `HTTP 500`, `unverified`, `interrupted`. */
  readonly recorded: string;
  /** The same of what this build answers; absent where it was not asked. */
  readonly now?: string | undefined;
  readonly differences: readonly Difference[];
  /** Why it was not replayed. */
  readonly why?: string | undefined;
  /** What was not compared, or what the differences may come from. */
  readonly remark?: string | undefined;
}

/** Whether this build answers what was recorded as it was answered then. */
export interface ReplayReport {
  /** The SM-DP+ address of the recorded server. */
  readonly address: string;
  /** The version of mock-smdp that has answered then. */
  readonly recordedVersion: string;
  readonly exchanges: readonly ReplayedExchange[];
  readonly counts: Readonly<Record<ReplayOutcome, number>>;
}
