import type { Binding, EventRecord, Profile } from '../../store/index.js';

/** A change made to an exchange on purpose. */
export interface FaultNote {
  /** What made the change: a MatchingID, the name of a fault rule, or a conduct. */
  readonly by: string;
  /** The change: `boundProfilePackage.segments.3: flip -1`. */
  readonly what: string;
  /** The fault rule, if a rule made the change. */
  readonly rule?: object | undefined;
  /** The number of the outcome that made the change, counted from 1. Absent: the rule has no list of outcomes. */
  readonly outcome?: number | undefined;
}

/** The outcome that a fault rule chose for an exchange from its list. */
export interface RuleOutcome {
  /** The name of the rule. */
  readonly by: string;
  /** The number of the outcome, counted from 1. */
  readonly outcome: number;
  /** Whether the server answers as if there were no rule. */
  readonly isReal: boolean;
}

/** Stored data that the answer depends on, as it was before the request. */
export interface StoredBefore {
  /** Orders that match the device's request. The server chose at most one of them. */
  readonly orders?: readonly Profile[] | undefined;
  /** One-time keys of the last BPP for this profile and eUICC. Null: the server had not made a BPP yet. */
  readonly binding?: Binding | null | undefined;
  /** The TransactionId that the server drew first, if it was already in use. */
  readonly takenTransactionId?: Buffer | undefined;
  /** Events that the SM-DS held for the device. */
  readonly events?: readonly EventRecord[] | undefined;
}

/** Values in an answer that the server generates anew in each run. */
export interface GeneratedValues {
  /** Random octets that are not secret, in the order in which they were drawn. */
  readonly random: Buffer[];
  /** Signatures (r || s), in the order in which they were made. */
  readonly signatures: Buffer[];
}

/** The final outcome that a request reports for its session: the installation result, or a cancellation by the device. */
export type SessionOutcome = 'installed' | 'failed' | 'cancelled';

/** How the server treated a notification. */
export interface NotificationRecord {
  /** Whether the notification can be decoded and its signature verifies. */
  readonly verified: boolean;
  /** `acted upon`, or the reason why the notification had no effect. */
  readonly outcome: string;
}
