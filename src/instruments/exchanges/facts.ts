/** The facts known about a request. Each step of its function adds to them. */
export interface Facts {
  /** TransactionId in upper-case hex. */
  readonly transactionId?: string | undefined;
  /** The server role that the device addresses in this process. */
  readonly role?: 'smdp' | 'smds' | undefined;
  /** 32 digits, proved by the eUICC's signature. */
  readonly eid?: string | undefined;
  /** As the device sent it. Absent and empty both mean a look-up by EID. */
  readonly matchingId?: string | undefined;
  readonly iccid?: string | undefined;
  /** Namespace of the order, or the namespace prefix of the MatchingID. Absent: none. */
  readonly namespace?: string | undefined;
  readonly profileId?: number | undefined;
  /** Type Allocation Code (TAC): eight digits. */
  readonly tac?: string | undefined;
  /** Whether the server made the order on demand because the MatchingID stands for a fault. */
  readonly madeOnDemand?: boolean | undefined;
}
