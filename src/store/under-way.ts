/** What is under way, for those who watch over a server. */
export interface OngoingCounts {
  /** Sessions that wait for the device's next request. */
  readonly sessions: Readonly<Record<'initiated' | 'authenticated', number>>;
  /** Calls that operators have not received yet. */
  readonly callbacks: number;
}
