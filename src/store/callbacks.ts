/** A call that an operator is to receive. */
export interface NewCallback {
  readonly profileId: number;
  /** functionRequesterIdentifier of the operator. */
  readonly operator: string;
  readonly iccid: string;
  /** The body of the request, JSON: the same at every attempt. */
  readonly body: string;
  readonly queuedAt: number;
}

/** A call that was queued, and what has become of it. Times are milliseconds since 1970. */
export interface Callback extends NewCallback {
  readonly id: number;
  readonly attempts: number;
  /** null: delivered, or an earlier call about the same profile has to be delivered first. */
  readonly nextAttemptAt: number | null;
  /** Until when the process that makes the call has it to itself. */
  readonly leasedUntil: number | null;
  /** What came of the last attempt, unless it was good. */
  readonly lastError: string | null;
  readonly deliveredAt: number | null;
}

/** Which calls a list shows. */
export interface CallbackFilter {
  readonly operator?: string | undefined;
  readonly iccid?: string | undefined;
  readonly delivered?: boolean | undefined;
  /** That of the profile. */
  readonly namespace?: string | undefined;
}

/** Whose calls are meant. */
export type CallbackScope = Pick<CallbackFilter, 'operator' | 'namespace'>;

/** How many calls there are. */
export interface CallbackCounts {
  readonly waiting: number;
  /** Those of the last day. */
  readonly delivered: number;
}

/**
 * Calls that operators are to receive: each at least once, those about one profile in the order in which they were queued.
 * They are queued with a `queueCallback` of {@link Store.commit}.
 */
export interface Callbacks {
  /**
   * Takes up to `limit` calls of the operator that are due, for this process alone until `until`: of each profile the
   * oldest one that is not delivered.
   */
  leaseCallbacks(operator: string, now: number, until: number, limit: number): Promise<readonly Callback[]>;
  /** The call has been received; the next one about the profile is due. */
  callbackDelivered(call: Callback, at: number, remark?: string): Promise<void>;
  /** The call has to be made again; without effect once the lease has gone to another process. */
  callbackFailed(call: Callback, nextAttemptAt: number, error: string): Promise<void>;
  /** Gives up the lease of a call that was not made. */
  returnCallback(call: Callback): Promise<void>;
  /** Makes all calls due whose next attempt lies in the future, of all operators or one. @returns how many */
  retryCallbacks(filter?: CallbackScope): Promise<number>;

  /** The newest first, at most `limit`. */
  listCallbacks(filter: CallbackFilter, limit: number): Promise<readonly Callback[]>;
  countCallbacks(filter?: CallbackScope): Promise<CallbackCounts>;
}
