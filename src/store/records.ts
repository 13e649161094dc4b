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

/** Who may use an order's MatchingID how often: one device once, every device once, anybody any number of times. */
export const reusePolicies = ['once', 'per-device', 'unlimited'] as const;
export type ReusePolicy = (typeof reusePolicies)[number];

/** What the eUICC last said of an installed profile. */
export type InstalledState = 'enabled' | 'disabled' | 'deleted';

/** A profile and, from the moment in which it is ordered, its order. Times are milliseconds since 1970. */
export interface Profile {
  readonly id: number;
  /** The one in which it was made, for good; empty: none. */
  readonly namespace: string;
  /** Raised by every change; a change is conditional on it. */
  readonly version: number;
  /** Digits, without padding. No two profiles of one namespace have the same. */
  readonly iccid: string;
  /** Whether other profiles may carry the same ICCID (packages that go out byte for byte). */
  readonly sharedIccid: boolean;
  readonly profileType: string;
  readonly state: ProfileState;
  /** functionRequesterIdentifier of the operator that owns it; null for the control API's own. */
  readonly operator: string | null;
  readonly eid: string | null;
  /** null: no order confirmed; empty: found by EID only. */
  readonly matchingId: string | null;
  /** SHA-256 of the confirmation code. */
  readonly confirmationCodeHash: Buffer | null;
  readonly confirmationCodeAttemptsLeft: number;
  /** null: no limit. */
  readonly downloadAttemptsLeft: number | null;
  readonly validUntil: number | null;
  readonly smdsAddress: string | null;
  readonly reuse: ReusePolicy;
  readonly label: string | null;
  readonly pool: string | null;
  /** IMEI of the device that it was ordered for, for information: a device is known by its EID. */
  readonly imei: string | null;
  /** Metadata that differ from the profile type's, as JSON. */
  readonly metadata: string | null;
  /** Personal data that differ from what the profile type derives from the ICCID, as JSON. */
  readonly personal: string | null;
  /** Status code (`8.8.5/6.4`) that put it into Error. */
  readonly errorStatus: string | null;
  readonly installedState: InstalledState | null;
  /** seqNumber of the notification that `installedState` comes from. */
  readonly installedSeqNumber: number | null;
  /** TransactionId of the session whose BPP was delivered last. */
  readonly boundTransactionId: Buffer | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What may be given of a new profile; the rest has defaults. */
export type NewProfile = Pick<Profile, 'iccid' | 'profileType' | 'state' | 'createdAt'> &
  Partial<Omit<Profile, 'id' | 'version' | 'updatedAt'>>;

/** The members of a profile that change during its life. */
export type ProfileChanges = Partial<
  Omit<Profile, 'id' | 'namespace' | 'version' | 'iccid' | 'sharedIccid' | 'createdAt'>
>;

/** One line of a profile's history. */
export interface HistoryEntry {
  readonly at: number;
  /** What happened, for instance `authenticateClient`, `cancelOrder`, `notification install`. */
  readonly trigger: string;
  readonly from: ProfileState;
  readonly to: ProfileState;
  /** Status code with which the trigger was refused or which it reported. */
  readonly status?: string | undefined;
  /** Why, in words. */
  readonly cause?: string | undefined;
  readonly eid?: string | undefined;
  /** Upper-case hex. */
  readonly transactionId?: string | undefined;
  /** functionCallIdentifier of ES2+. */
  readonly functionCallIdentifier?: string | undefined;
}

/** How far an RSP session has come; `reported` once its ProfileInstallationResult arrived. */
export type SessionState = 'initiated' | 'authenticated' | 'bound' | 'reported' | 'ended';

/**
 * What a ProfileInstallationResult of a session counts for. `awaited`: a BPP was delivered, and its result decides about the
 * order, even after the device has cancelled the session. `orphaned`: a BPP was delivered, but its order was reset or
 * cancelled since; the result is told to the operator, and leaves the present order alone.
 */
export type ResultStanding = 'awaited' | 'orphaned';

/** What this server is to a device: an SM-DP+, or an SM-DS. */
export type ServerRole = 'smdp' | 'smds';

/** One RSP session, from initiateAuthentication to the ProfileInstallationResult. */
export interface RspSession {
  readonly transactionId: Buffer;
  /** In which role the server was asked. */
  readonly role: ServerRole;
  readonly state: SessionState;
  /** null: no BPP was delivered, or its result has been reported. */
  readonly result: ResultStanding | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The SM-DP+ address in the form in which the device sent it. */
  readonly serverAddress: string;
  readonly serverChallenge: Buffer;
  /** Key identifier of the CI under which the eUICC signs (euiccCiPKIdToBeUsed). */
  readonly euiccCiKeyId: Buffer;
  /** Key identifier of the CI under which the SM-DP+ signs. */
  readonly serverCiKeyId: Buffer;
  readonly eid: string | null;
  /** PK.EUICC as an uncompressed point. */
  readonly euiccPublicPoint: Buffer | null;
  readonly profileId: number | null;
  readonly ccRequired: boolean;
  /** The complete 5F37 TLV. */
  readonly smdpSignature2: Buffer | null;
  /** The complete BF25 TLV that authenticateClient answered and that the BPP has to repeat. */
  readonly profileMetadata: Buffer | null;
}
export type SessionChanges = Partial<Omit<RspSession, 'transactionId' | 'role' | 'createdAt'>>;

/** The one-time keys with which a profile was last bound to an eUICC (SGP.22 5.7.5, bppEuiccOtpk). */
export interface Binding {
  readonly profileId: number;
  readonly eid: string;
  /** Uncompressed point. */
  readonly euiccOtpk: Buffer;
  /** Private one-time key of the SM-DP+ (scalar, 32 octets); null once the profile is installed. */
  readonly smdpOtsk: Buffer | null;
  readonly installedAt: number | null;
}

/** Members of a profile that tell of its download; of an order that many eUICCs may use, each has its own. */
export type DownloadMembers = Pick<
  Profile,
  'state' | 'errorStatus' | 'boundTransactionId' | 'installedState' | 'installedSeqNumber'
>;

/** What one eUICC has of an order that many may use. */
export interface Download extends DownloadMembers {
  readonly profileId: number;
  readonly eid: string;
  /** Raised by every change; a change is conditional on it. */
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

/** An order that many eUICCs may use, as one of them finds it. */
export interface SharedOrder {
  readonly profile: Profile;
  /** Raised by every change of the order, and by no download. */
  readonly orderVersion: number;
  /** Absent: this eUICC has had nothing of it. */
  readonly download: Download | undefined;
}

/** A notification as it arrived. */
export interface StoredNotification {
  readonly receivedAt: number;
  readonly verified: boolean;
  readonly octets: Buffer;
  readonly eid: string | null;
  readonly iccid: string | null;
  readonly seqNumber: number | null;
  readonly operation: string | null;
  readonly profileId: number | null;
  /** Names the event: a second notification with the same key is a repeat. null where it was not verified. */
  readonly key: string | null;
  /** What was done about it, or why nothing was. */
  readonly outcome: string;
}

/** A profile type as it is kept. */
export interface StoredProfileType {
  readonly name: string;
  /** Everything but the package, as JSON. */
  readonly definition: string;
  /** The uploaded UPP. */
  readonly upp: Buffer | null;
  readonly updatedAt: number;
}

/** A call of ES2+ that was answered with success, so that a repeated one gets the same answer. */
export interface OrderCall {
  /** Names the call: digest of requester, function, parameters and functionCallIdentifier. */
  readonly id: Buffer;
  /** Digest of the same without the functionCallIdentifier. */
  readonly content: Buffer;
  readonly profileId: number;
  /** The state in which the call left the profile. */
  readonly state: ProfileState;
  /** Members of the answer beside the header, as JSON. */
  readonly answer: string;
  readonly at: number;
}

/** What a delete notification does to a profile with the policy `once`. */
export const deletionPolicies = ['staysSpent', 'releasedAgain'] as const;
export type DeletionPolicy = (typeof deletionPolicies)[number];

/** What an operator gets as `resultData`: the ProfileInstallationResultData (BF27), or the whole PendingNotification (BF37). */
export const resultDataForms = ['profileInstallationResultData', 'pendingNotification'] as const;
export type ResultDataForm = (typeof resultDataForms)[number];

/** Notifications that SGP.22 v2 has no notificationPointId for. */
export type VendorPoint = 'enable' | 'disable' | 'delete';

/** An operator that calls ES2+: who it is, where it is called back, and what its orders have. */
export interface Operator {
  /** functionRequesterIdentifier. */
  readonly identifier: string;
  /** SHA-256 fingerprints of its client certificates, lower-case hex. */
  readonly certificates: readonly string[];
  /** Base URL under which its ES2+ functions are; null: it is not told of downloads. */
  readonly callbackUrl: string | null;
  /** Certificates, in PEM, that its TLS certificate has to lead to; null: the CIs, and the roots of the system. */
  readonly callbackCa: string | null;
  /** Whether it is shown the SM-DP+'s TLS certificate as that of a client. */
  readonly callbackClientCertificate: boolean;
  readonly confirmationCodeAttempts: number;
  /** null: no limit. */
  readonly downloadAttempts: number | null;
  /** Seconds from confirmation to expiry; null: an order does not expire. */
  readonly orderValidity: number | null;
  readonly afterDeletion: DeletionPolicy;
  /** notificationPointIds of its own for what SGP.22 v2 has none for; it is not told of what is missing here. */
  readonly notificationPointIds: Readonly<Partial<Record<VendorPoint, number>>>;
  readonly resultData: ResultDataForm;
  readonly updatedAt: number;
}
