import type { CancelReason } from '../euicc/index.js';
import type { DeviceIdentity } from './device-info.js';
import type { LpaError, DownloadStep } from './errors.js';

/** Reports a completed step of a download. */
export interface StepEvent {
  readonly step: DownloadStep;
  /** A readable description, for example `eUICC has verified SM-DP+ 2.999.10`. */
  readonly message: string;
}

/** A profile that the server offers (SGP.22 5.6.3), before the user's consent. */
export interface OfferedProfile {
  /** 18 to 20 digits. */
  readonly iccid: string;
  readonly serviceProviderName: string;
  readonly profileName: string;
  readonly confirmationCodeRequired: boolean;
}

/** The user's answer when the LPA asks for the confirmation code. `undefined`: the user has no code, and the eUICC sends no hashCc. */
export type ConfirmationCodeAnswer = string | undefined | { readonly cancel: CancelReason };

/** The function of ES9+ or ES10b after which a download can be stopped or cancelled. */
export type StoppingPoint =
  | 'initiateAuthentication'
  | 'authenticateServer'
  | 'authenticateClient'
  | 'prepareDownload'
  | 'getBoundProfilePackage'
  | 'loadBoundProfilePackage';

/** The options of a profile download. Either `activationCode` or `smdpAddress` is mandatory. */
export interface DownloadOptions extends DeviceIdentity {
  /**
   * The activation code, with or without `LPA:`. `null` raises a UsageError. The control API returns `null` as long as
   * the order of a profile is not confirmed.
   */
  readonly activationCode?: string | null | undefined;
  /** The SM-DP+ address, `host[:port]`. InitiateAuthentication sends the address unchanged. */
  readonly smdpAddress?: string | undefined;
  /**
   * The MatchingID to send to `smdpAddress`. If it is `undefined` or empty, the server finds the profile by EID. `undefined` omits the
   * member matchingId from CtxParams1. The empty string sends the member with an empty value.
   */
  readonly matchingId?: string | undefined;
  /**
   * The confirmation code, or a function that asks the user for the code if the server requires it. The function may cancel the session
   * instead. Default: the eUICC sends no hashCc. If the server requires a code, it then refuses with 8.2.7/2.2.
   */
  readonly confirmationCode?:
    | string
    | ((profile: OfferedProfile) => ConfirmationCodeAnswer | Promise<ConfirmationCodeAnswer>)
    | undefined;
  /** Asks the user for consent. A CancelReason cancels the session. Default: the user agrees. */
  readonly consent?:
    ((profile: OfferedProfile) => 'agree' | CancelReason | Promise<'agree' | CancelReason>) | undefined;
  /** Called after each completed step. */
  readonly onStep?: ((event: StepEvent) => void) | undefined;
  /** The download stops after this step without telling the server, as if the device had lost its power. */
  readonly stopAfter?: StoppingPoint | undefined;
  /** The LPA cancels the session with this reason after the step `cancelAfter`. */
  readonly cancel?: CancelReason | undefined;
  /** Default `authenticateClient`. */
  readonly cancelAfter?: 'authenticateClient' | 'prepareDownload' | 'getBoundProfilePackage' | undefined;
  /** Whether the ProfileInstallationResult stays in the eUICC instead of being delivered. Default `false`. */
  readonly holdResult?: boolean | undefined;
  /** Whether the LPA leaves the checks of the metadata to the eUICC. Default `false`. */
  readonly leaveChecksToEuicc?: boolean | undefined;
}

/** The result of a download. A failed download raises an {@link LpaError} instead. `transactionId` is upper-case hex. */
export type DownloadResult =
  | InstalledProfile
  | { readonly outcome: 'cancelled'; readonly transactionId: string; readonly reason: CancelReason }
  | { readonly outcome: 'stopped'; readonly transactionId: string; readonly after: StoppingPoint };

/** The result of a download whose profile the eUICC has installed. */
export interface InstalledProfile extends OfferedProfile {
  readonly outcome: 'installed';
  /** Upper-case hex. */
  readonly transactionId: string;
  /** OID of the SM-DP+, dotted. */
  readonly smdpOid: string;
  /** Sequence number of the ProfileInstallationResult. */
  readonly seqNumber: number;
  /** Why the ProfileInstallationResult could not be delivered. `undefined` if it was delivered. `sendNotifications` tries again. */
  readonly deliveryError: LpaError | undefined;
}
