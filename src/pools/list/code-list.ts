/** One code of an MDM's list. */
export interface ListedCode {
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** 18 to 20 digits whose check digit holds, unless that was not asked for. */
  readonly iccid: string;
  /** Four groups of five hex digits. */
  readonly matchingId: string;
}

/**
 * A list of activation codes in the form that Intune and its like take: the host name of the SM-DP+ alone on the first
 * row, then `ICCID,MatchingID`. One operator, one plan, no device in particular.
 */
export interface CodeList {
  /** Host name of the SM-DP+, as written. */
  readonly smdpAddress: string;
  readonly codes: readonly ListedCode[];
  /** What was understood although an MDM system may not take it, one sentence each. */
  readonly remarks: readonly string[];
}

/** Codes that an MDM system takes in one list. */
export const mostCodes = 1000;

/** Why a longer list cannot be had by splitting it up. */
export const oneListPerProvider =
  'an MDM tenant takes one list per provider, which it knows by the SM-DP+ address: a second list would be refused there';
