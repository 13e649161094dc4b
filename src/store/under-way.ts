/** Numbers of ongoing sessions and calls, for monitoring. */
export interface OngoingCounts {
  /** Sessions that wait for the device's next request. */
  readonly sessions: Readonly<Record<'initiated' | 'authenticated', number>>;
  /** Calls that are not yet delivered to operators. */
  readonly callbacks: number;
}
