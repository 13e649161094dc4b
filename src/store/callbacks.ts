/** A call to be delivered to an operator. */
export interface NewCallback {
  readonly profileId: number;
  /** functionRequesterIdentifier of the operator. */
  readonly operator: string;
  readonly iccid: string;
  /** JSON body of the request, the same for every attempt. */
  readonly body: string;
  readonly queuedAt: number;
}

/** A queued call and its progress. Times are milliseconds since 1970. */
export interface Callback extends NewCallback {
  readonly id: number;
  readonly attempts: number;
  /** Null: the call was delivered, or must wait for an earlier call about the same profile. */
  readonly nextAttemptAt: number | null;
  /** Until this time, only the process that leased the call may deliver it. */
  readonly leasedUntil: number | null;
  /** The error of the last attempt. Null if the last attempt succeeded. */
  readonly lastError: string | null;
  readonly deliveredAt: number | null;
}

/** Selects calls for a list. */
export interface CallbackFilter {
  readonly operator?: string | undefined;
  readonly iccid?: string | undefined;
  readonly delivered?: boolean | undefined;
  /** Namespace of the profile. */
  readonly namespace?: string | undefined;
}

/** Selects calls by operator and namespace. */
export type CallbackScope = Pick<CallbackFilter, 'operator' | 'namespace'>;

/** Numbers of calls. */
export interface CallbackCounts {
  readonly waiting: number;
  /** Delivered within the last day. */
  readonly delivered: number;
}

/**
 * Calls to deliver to operators. Each call is delivered at least once. Calls about one profile are delivered in the
 * order in which they were queued. The change `queueCallback` of {@link Store.commit} queues a call.
 */
export interface Callbacks {
  /**
   * Leases up to `limit` due calls of the operator to this process. The leases end at `until`. For each profile, only the oldest
   * undelivered call can be leased.
   */
  leaseCallbacks(operator: string, now: number, until: number, limit: number): Promise<readonly Callback[]>;
  /** Records a delivery and makes the next call about the profile due. */
  callbackDelivered(call: Callback, at: number, remark?: string): Promise<void>;
  /** Schedules another attempt. Has no effect if another process holds the lease now. */
  callbackFailed(call: Callback, nextAttemptAt: number, error: string): Promise<void>;
  /** Releases the lease of a call that was not attempted. */
  returnCallback(call: Callback): Promise<void>;
  /** Makes scheduled calls due now: all calls, or only the calls that match the filter. @returns the number of calls */
  retryCallbacks(filter?: CallbackScope): Promise<number>;

  /** Newest first, at most `limit`. */
  listCallbacks(filter: CallbackFilter, limit: number): Promise<readonly Callback[]>;
  countCallbacks(filter?: CallbackScope): Promise<CallbackCounts>;
}
