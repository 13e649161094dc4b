/** The states of a profile on the SM-DP+ (SGP.22 3.1.6). */
export const profileStates = [
  'Available',
  'Allocated',
  'Linked',
  'Confirmed',
  'Released',
  'Downloaded',
  'Installed',
  'Error',
  'Unavailable',
] as const;
export type ProfileState = (typeof profileStates)[number];

/** How often an order can be used: once, once per device, or without limit. */
export const reusePolicies = ['once', 'per-device', 'unlimited'] as const;
export type ReusePolicy = (typeof reusePolicies)[number];

/** The last state that the eUICC reported for an installed profile. */
export type InstalledState = 'enabled' | 'disabled' | 'deleted';

/** A profile, and its order once it is ordered. Times are milliseconds since 1970. */
export interface Profile {
  readonly id: number;
  /** Namespace that the profile was created in. It never changes. Empty: none. */
  readonly namespace: string;
  /** Every change increments it. A change requires the current version. */
  readonly version: number;
  /** Digits without padding. Unique within a namespace, except for profiles with `sharedIccid`. */
  readonly iccid: string;
  /** Whether other profiles may have the same ICCID, because the server delivers the uploaded package unchanged. */
  readonly sharedIccid: boolean;
  readonly profileType: string;
  readonly state: ProfileState;
  /** functionRequesterIdentifier of the owning operator. Null: the control API owns it. */
  readonly operator: string | null;
  readonly eid: string | null;
  /** Null: the order is not confirmed. Empty: look-up by EID only. */
  readonly matchingId: string | null;
  /** SHA-256 of the confirmation code. */
  readonly confirmationCodeHash: Buffer | null;
  readonly confirmationCodeAttemptsLeft: number;
  /** Null: no limit. */
  readonly downloadAttemptsLeft: number | null;
  readonly validUntil: number | null;
  readonly smdsAddress: string | null;
  readonly reuse: ReusePolicy;
  readonly label: string | null;
  readonly pool: string | null;
  /** IMEI of the intended device, for information only. Devices are identified by EID. */
  readonly imei: string | null;
  /** Metadata that override the metadata of the profile type, as JSON. */
  readonly metadata: string | null;
  /** Personalisation data that override the data derived from the ICCID, as JSON. */
  readonly personal: string | null;
  /** Status code (`8.8.5/6.4`) that caused the state Error. */
  readonly errorStatus: string | null;
  readonly installedState: InstalledState | null;
  /** seqNumber of the notification that set `installedState`. */
  readonly installedSeqNumber: number | null;
  /** TransactionId of the session that delivered the last BPP. */
  readonly boundTransactionId: Buffer | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The members of a new profile. All others have defaults. */
export type NewProfile = Pick<Profile, 'iccid' | 'profileType' | 'state' | 'createdAt'> &
  Partial<Omit<Profile, 'id' | 'version' | 'updatedAt'>> & {
    /** Absent: other profiles may have the IMSI of the profile's subscriber. */
    readonly imsiClaim?: ImsiClaim;
  };

/** Claims an IMSI for a new profile. No other profile of its namespace may have this IMSI. */
export interface ImsiClaim {
  readonly imsi: string;
  /** Whether `holder` may have the IMSI too. Default: no other profile may have it. */
  readonly besides?: (holder: ImsiHolder) => boolean;
}

/** A profile whose subscriber has an IMSI. */
export interface ImsiHolder extends Pick<Profile, 'namespace' | 'eid' | 'state' | 'installedState'> {
  readonly imsi: string;
}

/** The members of a profile that can change. */
export type ProfileChanges = Partial<
  Omit<Profile, 'id' | 'namespace' | 'version' | 'iccid' | 'sharedIccid' | 'createdAt'>
>;

/** An entry of a profile's history. */
export interface HistoryEntry {
  readonly at: number;
  /** What caused the change: `authenticateClient`, `cancelOrder`, `notification install` … */
  readonly trigger: string;
  readonly from: ProfileState;
  readonly to: ProfileState;
  /** Status code of a refusal, or the status code that the trigger reported. */
  readonly status?: string | undefined;
  /** The reason, in words. */
  readonly cause?: string | undefined;
  readonly eid?: string | undefined;
  /** Upper-case hex. */
  readonly transactionId?: string | undefined;
  /** functionCallIdentifier of ES2+. */
  readonly functionCallIdentifier?: string | undefined;
}

/** Progress of an RSP session. `reported`: its ProfileInstallationResult has arrived. */
export type SessionState = 'initiated' | 'authenticated' | 'bound' | 'reported' | 'ended';

/**
 * The effect of a session's ProfileInstallationResult. `awaited`: a BPP was delivered, and its result decides what becomes of the order,
 * even if the device has cancelled the session. `orphaned`: a BPP was delivered, but its order was reset or cancelled afterwards. The
 * operator still learns the result, but the present order does not change.
 */
export type ResultStanding = 'awaited' | 'orphaned';

/** The role of this server towards a device: SM-DP+ or SM-DS. */
export type ServerRole = 'smdp' | 'smds';

/** One RSP session, from initiateAuthentication to the ProfileInstallationResult. */
export interface RspSession {
  readonly transactionId: Buffer;
  /** The server role that the device addressed. */
  readonly role: ServerRole;
  readonly state: SessionState;
  /** Null: no BPP was delivered, or the result has arrived. */
  readonly result: ResultStanding | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The address of this server, as the device sent it. */
  readonly serverAddress: string;
  readonly serverChallenge: Buffer;
  /** Key identifier of the CI under which the eUICC signs (euiccCiPKIdToBeUsed). */
  readonly euiccCiKeyId: Buffer;
  /** Key identifier of the CI under which this server signs. */
  readonly serverCiKeyId: Buffer;
  readonly eid: string | null;
  /** PK.EUICC as an uncompressed point. */
  readonly euiccPublicPoint: Buffer | null;
  readonly profileId: number | null;
  readonly ccRequired: boolean;
  /** The complete 5F37 TLV. */
  readonly smdpSignature2: Buffer | null;
  /** The complete BF25 TLV sent by authenticateClient. The BPP must repeat it. */
  readonly profileMetadata: Buffer | null;
}
export type SessionChanges = Partial<Omit<RspSession, 'transactionId' | 'role' | 'createdAt'>>;

/** The one-time keys of the last BPP for a profile and eUICC (SGP.22 5.7.5, bppEuiccOtpk). */
export interface Binding {
  readonly profileId: number;
  readonly eid: string;
  /** Uncompressed point. */
  readonly euiccOtpk: Buffer;
  /** Private one-time key of the SM-DP+ (scalar, 32 octets). Null after installation. */
  readonly smdpOtsk: Buffer | null;
  readonly installedAt: number | null;
}

/** Members that describe a download. If many eUICCs may use an order, each eUICC has its own values. */
export type DownloadMembers = Pick<
  Profile,
  'state' | 'errorStatus' | 'boundTransactionId' | 'installedState' | 'installedSeqNumber'
>;

/** One eUICC's download, for an order that many eUICCs may use. */
export interface Download extends DownloadMembers {
  readonly profileId: number;
  readonly eid: string;
  /** Every change increments it. A change requires the current version. */
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

/** An order that many eUICCs may use, together with the download of one eUICC. */
export interface SharedOrder {
  readonly profile: Profile;
  /** Incremented by every change of the order, but not by downloads. */
  readonly orderVersion: number;
  /** Absent: this eUICC has not downloaded the profile. */
  readonly download: Download | undefined;
}

/** A received notification. */
export interface StoredNotification {
  readonly receivedAt: number;
  readonly verified: boolean;
  readonly octets: Buffer;
  readonly eid: string | null;
  readonly iccid: string | null;
  readonly seqNumber: number | null;
  readonly operation: string | null;
  readonly profileId: number | null;
  /**
   * Identifies the event. A second notification with the same key is a repeat. Null if the notification is not
   * verified.
   */
  readonly key: string | null;
  /** The effect of the notification, or why it had no effect. */
  readonly outcome: string;
}

/** A stored profile type. */
export interface StoredProfileType {
  readonly name: string;
  /** Everything except the package, as JSON. */
  readonly definition: string;
  /** The uploaded UPP. */
  readonly upp: Buffer | null;
  readonly updatedAt: number;
}

/** A successful call of ES2+, stored so that a repeated call gets the same answer. */
export interface OrderCall {
  /** Identifies the call: digest of requester, function, parameters and functionCallIdentifier. */
  readonly id: Buffer;
  /** Digest of requester, function and parameters, without the functionCallIdentifier. */
  readonly content: Buffer;
  readonly profileId: number;
  /** State of the profile after the call. */
  readonly state: ProfileState;
  /** Members of the answer except the header, as JSON. */
  readonly answer: string;
  readonly at: number;
}

/** The effect of a delete notification on a profile with the reuse policy `once`. */
export const deletionPolicies = ['staysSpent', 'releasedAgain'] as const;
export type DeletionPolicy = (typeof deletionPolicies)[number];

/** The content of `resultData` for an operator: the ProfileInstallationResultData (BF27), or the whole PendingNotification (BF37). */
export const resultDataForms = ['profileInstallationResultData', 'pendingNotification'] as const;
export type ResultDataForm = (typeof resultDataForms)[number];

/** Notifications without a notificationPointId in SGP.22 v2. */
export type VendorPoint = 'enable' | 'disable' | 'delete';

/** An operator that calls ES2+: its identity, its callback address and the defaults of its orders. */
export interface Operator {
  /** functionRequesterIdentifier. */
  readonly identifier: string;
  /** SHA-256 fingerprints of its client certificates, lower-case hex. */
  readonly certificates: readonly string[];
  /** Whether these certificates are accepted after they have expired. */
  readonly expiredCertificates: boolean;
  /** Base URL of its ES2+ functions. Null: the operator gets no messages about downloads. */
  readonly callbackUrl: string | null;
  /** Trusted root certificates (PEM) for the TLS certificate of `callbackUrl`. Null: the CIs and the roots of the system. */
  readonly callbackCa: string | null;
  /** Whether the server presents the SM-DP+'s TLS certificate as client certificate. */
  readonly callbackClientCertificate: boolean;
  readonly confirmationCodeAttempts: number;
  /** Null: no limit. */
  readonly downloadAttempts: number | null;
  /** Seconds from confirmation to expiry. Null: orders do not expire. */
  readonly orderValidity: number | null;
  readonly afterDeletion: DeletionPolicy;
  /**
   * The notificationPointIds that the operator has chosen for events that have no number in SGP.22 v2. The operator gets no message about
   * events that are missing here.
   */
  readonly notificationPointIds: Readonly<Partial<Record<VendorPoint, number>>>;
  readonly resultData: ResultDataForm;
  readonly updatedAt: number;
}
