import type { NewProfile, Profile } from './records.js';
import type { DuplicateError } from './errors.js';

/** A batch that a process fills, or an abandoned batch whose profiles the store is removing. */
export interface OpenBatch {
  readonly id: number;
  /** Name of the process that fills the batch. Opaque to the store. */
  readonly owner: string;
  /** Heartbeat counter of the owner. */
  readonly beats: number;
  /** Whether the batch was abandoned. An abandoned batch is never closed, and the store removes its profiles. */
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
  | 'personal'
  | 'installedState'
>;

/** The batch was abandoned: by its owner, or by another process that considered the owner dead. */
export class BatchAbandonedError extends Error {
  override readonly name = 'BatchAbandonedError';
  constructor(readonly batch: number) {
    super(`batch ${batch} was abandoned; no profile can be added to it`);
  }
}

/**
 * Creates any number of profiles that become visible at the same moment. The store creates them in portions, and other work runs in
 * between. Until the batch is closed, no look-up, list or count includes its profiles. Their ICCIDs and MatchingIDs count as taken from the
 * beginning. There is at most one open batch across all processes.
 */
export interface Batches {
  /**
   * How many profiles to give to {@link addToBatch} at once. Few for an engine in this process, which blocks other work while it writes.
   * Many for an engine in another process, where each transaction waits for the network and the disk.
   */
  readonly batchPortion: number;
  /** Opens a batch. @returns its number, or `undefined` while another batch is open */
  openBatch(owner: string): Promise<number | undefined>;
  /** The batch that is open or abandoned. */
  openedBatch(): Promise<OpenBatch | undefined>;
  /**
   * Creates profiles in the batch, in one short transaction. This also counts as a heartbeat.
   *
   * @returns for each profile: `undefined` if it was created, otherwise the error that says which identifier is taken
   * @throws BatchAbandonedError
   */
  addToBatch(
    batch: number,
    profiles: readonly NewProfile[],
  ): Promise<readonly (DuplicateError | undefined)[]>;
  /** Makes all profiles of the batch visible and ends the batch. @throws BatchAbandonedError */
  closeBatch(batch: number): Promise<void>;
  /** Abandons the batch if it is open and has at most `beats` heartbeats. */
  abandonBatch(batch: number, beats?: number): Promise<void>;
  /**
   * Removes up to `limit` profiles of an abandoned batch. Removes the batch with its last profile. @returns whether
   * profiles remain
   */
  removeAbandoned(limit: number): Promise<boolean>;
  /**
   * Finds visible profiles that conflict with each of the keys. A profile conflicts in three cases. It is in the
   * namespace (default: none) and has the same EID and MatchingID. It is in the namespace and has the same ICCID. It is
   * in any namespace and has the same non-empty MatchingID. Returns at most the newest 100 profiles for each case.
   */
  conflictingProfiles(
    keys: readonly OrderKeys[],
    namespace?: string,
  ): Promise<readonly (readonly ConflictingProfile[])[]>;
}
