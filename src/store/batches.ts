import type { NewProfile, Profile } from './records.js';
import type { DuplicateError } from './errors.js';

/** A batch that is being filled, or whose profiles are being removed again. */
export interface OpenBatch {
  readonly id: number;
  /** Who fills it, in a form of which the store knows nothing. */
  readonly owner: string;
  /** Raised with every sign of life of the owner. */
  readonly beats: number;
  /** Given up: it will never be closed, and its profiles are to be removed. */
  readonly isAbandoned: boolean;
}

/** By what an order for an EID may turn out to be there already. */
export interface OrderKeys {
  readonly eid: string;
  /** Empty for look-up by EID. */
  readonly matchingId: string;
  readonly iccid?: string | undefined;
}

/** What is told of a profile that is in the way of an order. */
export type ConflictingProfile = Pick<
  Profile,
  | 'id'
  | 'namespace'
  | 'iccid'
  | 'sharedIccid'
  | 'profileType'
  | 'state'
  | 'eid'
  | 'matchingId'
  | 'confirmationCodeHash'
  | 'label'
  | 'pool'
  | 'imei'
  | 'installedState'
>;

/** The batch was given up before: by its owner, or by others who took the owner for dead. */
export class BatchAbandonedError extends Error {
  override readonly name = 'BatchAbandonedError';
  constructor(readonly batch: number) {
    super(`batch ${batch} has been given up; nothing can be added to it any more`);
  }
}

/**
 * Profiles in any number that come into sight all at once, while they are made in portions between which others have
 * their turn. Until its batch is closed, no look-up, list or count knows of a profile; only its ICCID and MatchingID are
 * taken. There is one open batch at a time, whatever the number of processes.
 */
export interface Batches {
  /** Opens a batch and answers its number; `undefined` while there is another. */
  openBatch(owner: string): Promise<number | undefined>;
  /** The one that is open, whether or not it was abandoned. */
  openedBatch(): Promise<OpenBatch | undefined>;
  /**
   * Makes profiles in the batch, in one short transaction; also a sign of life. At the place of a profile that was not
   * made because an identifier is taken stands the reason.
   *
   * @throws BatchAbandonedError
   */
  addToBatch(
    batch: number,
    profiles: readonly NewProfile[],
  ): Promise<readonly (DuplicateError | undefined)[]>;
  /** Lets all profiles of the batch come into sight, and ends it. @throws BatchAbandonedError */
  closeBatch(batch: number): Promise<void>;
  /** Gives the batch up if it is open, and if it shows no more than this number of beats. */
  abandonBatch(batch: number, beats?: number): Promise<void>;
  /** Removes up to `limit` profiles of an abandoned batch, at last the batch itself. @returns whether something is left */
  removeAbandoned(limit: number): Promise<boolean>;
  /**
   * For each of the keys the profiles in sight that have the same EID and MatchingID or the same ICCID in the namespace (default:
   * in none), or the same non-empty MatchingID in any; the newest 100 of each.
   */
  profilesInTheWay(
    keys: readonly OrderKeys[],
    namespace?: string,
  ): Promise<readonly (readonly ConflictingProfile[])[]>;
}
