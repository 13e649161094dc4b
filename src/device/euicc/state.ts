import type { Curve } from './key-agreement.js';

/** The operations that an eUICC reports in notifications (NotificationEvent, SGP.22 2.4a.1.1). */
export type Operation = 'install' | 'enable' | 'disable' | 'delete';

/** A profile on the eUICC. Octets are base64. */
export interface StoredProfile {
  readonly iccid: string;
  /** AID of the ISD-P, hex. */
  readonly aid: string;
  state: 'enabled' | 'disabled';
  /** StoreMetadataRequest as it was received. */
  readonly metadata: string;
  /** The profile package (UPP) as it was received. */
  readonly profilePackage: string;
  /** Key id (hex) of the CI under which the profile was downloaded. The eUICC signs the profile's notifications under the same CI. */
  readonly ciKeyId: string;
  /** The nickname that the user has set (ES10c.SetNickname). */
  nickname?: string;
  /** DpProprietaryData as it was received, if the SM-DP+ sent any. */
  readonly dpProprietaryData?: string;
}

/** A notification that the eUICC keeps until the LPA removes it. */
export interface StoredNotification {
  readonly seqNumber: number;
  readonly operation: Operation;
  /** The server to which the LPA sends the notification, `host[:port]`. */
  readonly address: string;
  /** The ICCID in digits. `undefined` if an installation failed before the metadata was read. */
  readonly iccid: string | undefined;
  /** PendingNotification, base64. */
  readonly content: string;
}

/** A one-time key that an SM-DP+ may want to use again (SGP.22 5.7.5). Octets are base64. */
export interface StoredOneTimeKey {
  readonly smdpOid: string;
  readonly curve: Curve;
  readonly privateKey: string;
  readonly publicKey: string;
}

/** The servers at which the LPA looks for profiles. The eUICC stores their addresses, each `host[:port]` (SGP.22 5.7.3). */
export interface ConfiguredAddresses {
  readonly defaultSmdpAddress?: string | undefined;
  /** SGP.22 v2 allows only one root SM-DS. If there are several here, the LPA asks each of them. */
  readonly rootSmdsAddresses: readonly string[];
}

/** The state that an eUICC keeps when its power is off. */
export interface EuiccState {
  /** Version of this format. */
  readonly version: 1;
  /** 32 digits. */
  readonly eid: string;
  /** Sequence number of the next notification. */
  nextSeqNumber: number;
  /** Number in the AID of the next ISD-P. */
  nextIsdp: number;
  profiles: StoredProfile[];
  notifications: StoredNotification[];
  oneTimeKeys: StoredOneTimeKey[];
  /** Absent if no addresses were ever set. */
  configuredAddresses?: ConfiguredAddresses;
  /** How often each intended failure has happened. Absent if none has happened yet. */
  failures?: Readonly<Record<string, number>>;
}

/** The state of a new eUICC. @param firstSeqNumber the sequence number of the first notification */
export const factoryState = (eid: string, firstSeqNumber = 0): EuiccState => ({
  version: 1,
  eid,
  nextSeqNumber: firstSeqNumber,
  nextIsdp: 0x10,
  profiles: [],
  notifications: [],
  oneTimeKeys: [],
});

/** The memory in which an eUICC keeps its state. */
export interface NonVolatileMemory {
  readonly state: EuiccState;
  /** Saves the current state. A crash leaves either the old or the new state. */
  commit(): void;
}

/** A memory that keeps the state only until the process ends. */
export const memoryOf = (state: EuiccState): NonVolatileMemory => ({ state, commit: () => undefined });
