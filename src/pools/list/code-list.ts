import type { Subscriber } from '../../profiles/index.js';

/** One code of a list for an MDM system. */
export interface ListedCode {
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** 18 to 20 digits. The check digit may be wrong if the import does not check it. */
  readonly iccid: string;
  /** Four groups of five hex digits. */
  readonly matchingId: string;
  /** Data of the subscriber, with drawn keys. Absent: the profile has the data of its type. */
  readonly subscriber?: Subscriber | undefined;
  /** The number of each column, counted from 1, in a list with a header. */
  readonly columnOf?: ReadonlyMap<string, number> | undefined;
}

/**
 * A list of activation codes in the format of Intune and similar MDM systems. The first row holds only the host name of the SM-DP+. Each
 * further row is `ICCID,MatchingID`. A list for this server alone may have a second row with headings. Its rows then have further columns,
 * with the data of subscribers. All codes are from one operator and for one plan, but for no particular device.
 */
export interface CodeList {
  /** Host name of the SM-DP+, as written in the file. */
  readonly smdpAddress: string;
  readonly codes: readonly ListedCode[];
  /** Features of the file that an MDM system may not accept, one sentence each. */
  readonly remarks: readonly string[];
}

/** Maximum number of codes that an MDM system accepts in one list. */
export const mostCodes = 1000;

/** Why splitting a longer list does not help. */
export const oneListPerProvider =
  'an MDM tenant accepts one list per provider and identifies the provider by the SM-DP+ address, so it would refuse a second list';
