import type { Curve } from './key-agreement.js';

/** Operations that an eUICC notifies of (NotificationEvent, SGP.22 2.4a.1.1). */
export type Operation = 'install' | 'enable' | 'disable' | 'delete';

/** A profile on the eUICC. Octets are base64. */
export interface StoredProfile {
  readonly iccid: string;
  /** AID of its ISD-P, hex. */
  readonly aid: string;
  state: 'enabled' | 'disabled';
  /** StoreMetadataRequest as it was received. */
  readonly metadata: string;
  /** The profile package (UPP) as it was received. */
  readonly profilePackage: string;
  /** Key id of the CI under which it was downloaded, hex: its notifications are signed under that one. */
  readonly ciKeyId: string;
}

/** A notification that waits to be delivered and removed. */
export interface StoredNotification {
  readonly seqNumber: number;
  readonly operation: Operation;
  readonly address: string;
  readonly iccid: string | undefined;
  /** PendingNotification, base64. */
  readonly content: string;
}

/** A one-time key that an SM-DP+ may ask for again (SGP.22 5.7.5). Octets are base64. */
export interface StoredOneTimeKey {
  readonly smdpOid: string;
  readonly curve: Curve;
  readonly privateKey: string;
  readonly publicKey: string;
}

/** Servers that the eUICC tells the LPA to ask, each as `host` or `host:port` (SGP.22 5.7.3). */
export interface ConfiguredAddresses {
  readonly defaultSmdpAddress?: string | undefined;
  /** The first one is what SGP.22 v2 has room for. */
  readonly rootSmdsAddresses: readonly string[];
}

/** Everything an eUICC still knows after power was off. */
export interface EuiccState {
  readonly version: 1;
  readonly eid: string;
  nextSeqNumber: number;
  nextIsdp: number;
  profiles: StoredProfile[];
  notifications: StoredNotification[];
  oneTimeKeys: StoredOneTimeKey[];
  /** Absent in states of eUICCs that were never told any. */
  configuredAddresses?: ConfiguredAddresses;
}

/** The state of an eUICC as it leaves the factory. `firstSeqNumber`: 0 is as real as any other. */
export const factoryState = (eid: string, firstSeqNumber = 0): EuiccState => ({
  version: 1,
  eid,
  nextSeqNumber: firstSeqNumber,
  nextIsdp: 0x10,
  profiles: [],
  notifications: [],
  oneTimeKeys: [],
});

/** Where the state is kept. */
export interface NonVolatileMemory {
  readonly state: EuiccState;
  /** Makes the present state durable: all of it or, if power fails, nothing. */
  commit(): void;
}

/** A memory that lasts as long as the process. */
export const memoryOf = (state: EuiccState): NonVolatileMemory => ({ state, commit: () => undefined });
