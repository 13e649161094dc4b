/** The outcome of replaying an exchange. */
export type ReplayOutcome = 'same' | 'different' | 'notReplayed';

/** A value that differs between the recorded and the present answer. */
export interface Difference {
  /** Path of the value: `smdpSigned2.ccRequiredFlag`, `header.functionExecutionStatus.status`, `HTTP status`, `order.state`. */
  readonly path: string;
  /** The recorded value, in the journal's notation. Absent: the recorded answer has none. */
  readonly recorded?: string | undefined;
  /** The present value. Absent: the present answer has none. */
  readonly now?: string | undefined;
}

/** An exchange of the file, with its replay. */
export interface ReplayedExchange {
  /** Its id in the original journal. */
  readonly id: number;
  readonly interface: string;
  readonly function: string;
  /** TransactionId. */
  readonly session?: string | undefined;
  readonly outcome: ReplayOutcome;
  /** The recorded result: `Executed-Success`, `8.2.6/3.8`, `HTTP 500`, `unverified`, `interrupted`. */
  readonly recorded: string;
  /** The present result. Absent if the exchange was not replayed. */
  readonly now?: string | undefined;
  readonly differences: readonly Difference[];
  /** Why it was not replayed. */
  readonly why?: string | undefined;
  /** What was not compared, or a possible cause of the differences. */
  readonly remark?: string | undefined;
}

/** The result of a replay. */
export interface ReplayReport {
  /** The SM-DP+ address of the recorded server. */
  readonly address: string;
  /** The version of mock-smdp that recorded the answers. */
  readonly recordedVersion: string;
  readonly exchanges: readonly ReplayedExchange[];
  readonly counts: Readonly<Record<ReplayOutcome, number>>;
}
