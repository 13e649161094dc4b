/**
 * The list of activation codes that an MDM system has from here. MDM systems take one list per provider, and tell
 * providers apart by the SM-DP+ address: so there is one per address.
 */
export interface MdmList {
  /** That of its profiles; empty: none. */
  readonly namespace: string;
  /** Name of the pool that its profiles are in. */
  readonly pool: string;
  /** 1 for a new one, raised by every import; a change is conditional on it. */
  readonly version: number;
  /** Host name of the SM-DP+ in lower case. */
  readonly provider: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What devices did about a profile, apart from what its state tells. */
export interface DeviceContact {
  /** When a device was last heard of; null: none has been, or so long ago that it left no trace. */
  readonly at: number | null;
  /** Status code with which the last change was refused or failed, where a device caused that change. */
  readonly lastStatus: string | null;
  /** Whether a device caused the last change, or is in a session about the profile. */
  readonly isOngoing: boolean;
}

/**
 * Profiles under a common name. A pool is there as soon as a profile names it, or an MDM's list. Without a namespace, pools of all of
 * them are meant, those with the same name as one.
 */
export interface Pools {
  /** Names of pools, in alphabetical order; those that are only being filled by an open batch may be among them. */
  poolNames(namespace?: string): Promise<readonly string[]>;
  /** How many profiles are in the pool. */
  poolSize(name: string, namespace?: string): Promise<number>;
  /** The MDM's list of the pool; of several in different namespaces that of none. */
  mdmList(pool: string, namespace?: string): Promise<MdmList | undefined>;
  /** The MDM's list of the provider; of several in different namespaces that of none. */
  mdmListOf(provider: string, namespace?: string): Promise<MdmList | undefined>;
  /** What devices did about each of these profiles. */
  contacts(profileIds: readonly number[]): Promise<ReadonlyMap<number, DeviceContact>>;
}
