import type { ProfileState } from './records.js';

/**
 * A list of activation codes that was exported or imported for an MDM system. MDM systems accept one list per provider,
 * and identify the provider by the SM-DP+ address. The store therefore has one list per address.
 */
export interface MdmList {
  /** Namespace of the list's profiles. Empty: none. */
  readonly namespace: string;
  /** Name of the pool with the list's profiles. */
  readonly pool: string;
  /** Starts at 1, and every import increments it. Of two imports with the same version, one fails. */
  readonly version: number;
  /** Host name of the SM-DP+ in lower case. */
  readonly provider: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The contacts of devices about a profile. */
export interface DeviceContact {
  /** Time of the last contact with a device. Null: there was no contact, or its record has been deleted since. */
  readonly at: number | null;
  /** Status code of the last change, if a device caused that change and the change is a refusal or a failure. */
  readonly lastStatus: string | null;
  /** Whether a device caused the last change, or has a session for the profile. */
  readonly isOngoing: boolean;
}

/** The number of profiles in a pool with the same state and the same device contact. */
export interface ContactCount extends Omit<DeviceContact, 'at'> {
  readonly state: ProfileState;
  /** Number of these profiles. `lastStatus` and `isOngoing` have a meaning only in the states Released and Downloaded. */
  readonly count: number;
}

/**
 * Profiles grouped under a name. A pool exists as soon as a profile or an MDM list names it. Without a namespace, calls
 * cover all namespaces. Pools with the same name then count as one pool.
 */
export interface Pools {
  /** Names of pools in alphabetical order. Leaves out pools that exist only in an open batch. */
  poolNames(namespace?: string): Promise<readonly string[]>;
  /** Number of profiles in the pool. */
  poolSize(name: string, namespace?: string): Promise<number>;
  /** The MDM list of the pool. Without `namespace`, a list outside all namespaces takes precedence. */
  mdmList(pool: string, namespace?: string): Promise<MdmList | undefined>;
  /** The MDM list of the provider. Without `namespace`, a list outside all namespaces takes precedence. */
  mdmListOf(provider: string, namespace?: string): Promise<MdmList | undefined>;
  /** Counts the profiles of the pool by state and last contact, without reading each of them. */
  contactCounts(name: string, namespace?: string): Promise<readonly ContactCount[]>;
  /** The device contacts of each of these profiles. */
  contacts(profileIds: readonly number[]): Promise<ReadonlyMap<number, DeviceContact>>;
}
