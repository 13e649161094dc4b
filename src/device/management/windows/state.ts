import type { ErrorDetail } from './error-detail.js';

/** Values of `DiscoveryState`. */
export const DiscoveryState = { requested: 1, executing: 2, completed: 3, failed: 4 } as const;
export type DiscoveryState = (typeof DiscoveryState)[keyof typeof DiscoveryState];

/** Values of `State` of a profile. */
export const ProfileState = { installing: 1, installed: 2, deleting: 3, error: 4 } as const;
export type ProfileState = (typeof ProfileState)[keyof typeof ProfileState];

/** The result of the last attempt. */
interface Outcome {
  errorDetail: ErrorDetail;
  /** The error in words. Absent if the attempt succeeded. */
  error?: string | undefined;
  attempts: number;
}

/** A node below `DownloadServers`. */
export interface DownloadServer extends Outcome {
  /** Name of the node: `host[:port]`. */
  readonly name: string;
  discoveryState: DiscoveryState;
  /** `undefined` until a command sets it. */
  autoEnable?: boolean | undefined;
  isDiscoveryServer?: boolean | undefined;
  maximumAttempts?: number | undefined;
  /** ICCID of the profile that the discovery has installed. */
  iccid?: string | undefined;
}

/** A node below `Profiles`. */
export interface EnterpriseProfile extends Outcome {
  /** Name of the node. */
  readonly iccid: string;
  state: ProfileState;
  /** `undefined` until a command sets it. */
  serverName?: string | undefined;
  matchingId?: string | undefined;
  /** Whether to enable the profile after its installation. */
  enablesItself?: boolean | undefined;
  /** Whether the LPA has a job for the download. */
  isOrdered: boolean;
  /** ICCID of the profile on the eUICC. It differs from `iccid` if the server delivered another profile. */
  installedIccid?: string | undefined;
  /** The download server from which the profile came. Absent if the profile came from an activation code. */
  readonly discoveredFrom?: string | undefined;
}

/** The state of the configuration service provider eUICCs for one eUICC. */
export interface PcState {
  readonly servers: Map<string, DownloadServer>;
  readonly profiles: Map<string, EnterpriseProfile>;
  localUiEnabled: boolean;
  /** HRESULT of the last action. */
  actionStatus: number;
}

export const newPcState = (): PcState => ({
  servers: new Map(),
  profiles: new Map(),
  localUiEnabled: true,
  actionStatus: 0,
});

export const newServer = (name: string): DownloadServer => ({
  ...{ name, discoveryState: DiscoveryState.requested, errorDetail: 0, attempts: 0 },
});

export const newProfile = (iccid: string): EnterpriseProfile => ({
  ...{ iccid, state: ProfileState.installing, errorDetail: 0, attempts: 0, isOrdered: false },
});
