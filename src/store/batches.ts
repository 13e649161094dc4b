import type { NewProfile, Profile } from './records.js';
import type { DuplicateError } from './errors.js';

/** A batch that is being filled, or whose profiles are being removed again. */
export interface OpenBatch {
  readonly id: number;
  /** Name of the process that fills the batch. Opaque to the store. */
  readonly owner: string;
  /** Heartbeat counter of the owner. */
  readonly beats: number;
  /** Abandoned: the batch will never be closed, and its profiles are to be removed. */
  readonly isAbandoned: boolean;
}

/** Keys that find existing orders for an EID. */
export interface OrderKeys {
  readonly eid: string;
  /** Empty for look-up by EID. */
  readonly matchingId: string;
  readonly iccid?: string | undefined;
}

/** The members of a profile that conflicts with an order. */
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

/** The batch was abandoned, either by its owner or by another process that considered the owner dead. */
export class BatchAbandonedError extends Error {
  override readonly name = 'BatchAbandonedError';
  constructor(readonly batch: number) {
    super(`batch ${batch} was abandoned, so nothing can be added to it`);
  }
}

/**
 * Any number of profiles that become visible at the same moment. They are created in portions, and other work runs in between. Until
 * its batch is closed, a profile appears in no look-up, list or count; only its ICCID and MatchingID are taken. There is at most one
 * open batch, across all processes.
 */
export interface Batches {
  /** Opens a batch. @returns its number, or `undefined` while another batch is open */
  openBatch(owner: string): Promise<number | undefined>;
  /** The open batch, even if it is abandoned. */
  openedBatch(): Promise<OpenBatch | undefined>;
  /**
   * Creates profiles in the batch, in one short transaction. This also counts as a heartbeat.
   *
   * @returns for each profile `undefined`, or the reason why it was not created: an identifier is taken
   * @throws BatchAbandonedError
   */
  addToBatch(
    batch: number,
    profiles: readonly NewProfile[],
  ): Promise<readonly (DuplicateError | undefined)[]>;
  /** Makes all profiles of the batch visible and ends the batch. @throws BatchAbandonedError */
  closeBatch(batch: number): Promise<void>;
  /** Abandons the batch if it is open and has at most this number of beats. */
  abandonBatch(batch: number, beats?: number): Promise<void>;
  /** Removes up to `limit` profiles of an abandoned batch, and finally the batch. @returns whether more remain */
  removeAbandoned(limit: number): Promise<boolean>;
  /**
   * Finds visible profiles that conflict with each of the keys. A profile conflicts if it is in the namespace (default: none) and has
   * the same EID and MatchingID, or the same ICCID. It also conflicts if it has the same non-empty MatchingID in any namespace. At
   * most the newest 100 of each kind are returned.
   */
  conflictingProfiles(
    keys: readonly OrderKeys[],
    namespace?: string,
  ): Promise<readonly (readonly ConflictingProfile[])[]>;
}
