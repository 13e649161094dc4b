import type { CancelReason } from '../euicc/index.js';
import type { DeviceIdentity } from './device-info.js';
import type { LpaError, DownloadStep } from './errors.js';

/** A step of a download that was done. */
export interface StepEvent {
  readonly step: DownloadStep;
  /** A sentence for people: `authenticated as SM-DP+ 2.999.10`. */
  readonly message: string;
}

/** A profile that the server offers, before the user has agreed to it. */
export interface OfferedProfile {
  readonly iccid: string;
  readonly serviceProviderName: string;
  readonly profileName: string;
  readonly confirmationCodeRequired: boolean;
}

/** After which function of ES9+ or ES10b a download can be stopped or cancelled. */
export type StoppingPoint =
  | 'initiateAuthentication'
  | 'authenticateServer'
  | 'authenticateClient'
  | 'prepareDownload'
  | 'getBoundProfilePackage'
  | 'loadBoundProfilePackage';

export interface DownloadOptions extends DeviceIdentity {
  /** With or without `LPA:`. Either this or `smdpAddress`. `null`, as of a profile whose order is not confirmed, is an error. */
  readonly activationCode?: string | null | undefined;
  /** `host[:port]`, sent to the server exactly as it stands here. */
  readonly smdpAddress?: string | undefined;
  /** With `smdpAddress`: absent or empty for look-up by EID; absent is sent as absent, empty as empty. */
  readonly matchingId?: string | undefined;
  /** The code, or what asks the user for it when the server wants one. Without it the server hears of none. */
  readonly confirmationCode?:
    string | ((profile: OfferedProfile) => string | undefined | Promise<string | undefined>) | undefined;
  /** The user's answer; default: agrees. */
  readonly consent?:
    ((profile: OfferedProfile) => 'agree' | CancelReason | Promise<'agree' | CancelReason>) | undefined;
  readonly onStep?: ((event: StepEvent) => void) | undefined;
  /** Breaks off without a word to the server, as a device does that loses its power. */
  readonly stopAfter?: StoppingPoint | undefined;
  /** Cancels with this reason, after `cancelAfter` (default `authenticateClient`). */
  readonly cancel?: CancelReason | undefined;
  readonly cancelAfter?: 'authenticateClient' | 'prepareDownload' | 'getBoundProfilePackage' | undefined;
  /** Leaves out what the LPA itself checks in the metadata, so that the eUICC's own checks are reached. */
  readonly leaveChecksToEuicc?: boolean | undefined;
}

/** What came of a download. What goes wrong is raised as an {@link LpaError}. */
export type DownloadResult =
  | InstalledProfile
  | { readonly outcome: 'cancelled'; readonly transactionId: string; readonly reason: CancelReason }
  | { readonly outcome: 'stopped'; readonly transactionId: string; readonly after: StoppingPoint };

export interface InstalledProfile extends OfferedProfile {
  readonly outcome: 'installed';
  readonly transactionId: string;
  /** OID of the SM-DP+. */
  readonly smdpOid: string;
  /** Sequence number of the ProfileInstallationResult. */
  readonly seqNumber: number;
  /** Why the ProfileInstallationResult is still undelivered; `sendNotifications` tries again. */
  readonly deliveryError: LpaError | undefined;
}
