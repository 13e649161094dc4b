import type {
  AuthenticateErrorCode,
  BppCommandId,
  CancelSessionReason,
  DownloadErrorCode,
  ErrorReason,
} from '../rsp/index.js';

/** The functions of ES9+ that a download calls. */
export type DownloadFunction =
  | 'initiateAuthentication'
  | 'authenticateClient'
  | 'getBoundProfilePackage'
  | 'handleNotification'
  | 'cancelSession';

/** The server refused with a status code of SGP.22 5.2.6. */
export interface StatusFailure {
  readonly kind: 'status';
  /** `8.1.1/3.8`. A fault may have produced a code that SGP.22 does not know. */
  readonly status: string;
  readonly function: DownloadFunction;
  /** The message in the server's statusCodeData. */
  readonly message?: string | undefined;
  /** The ccRequiredFlag that the server sent before the refusal. Absent if it is not known. */
  readonly ccRequiredFlag?: boolean | undefined;
}

/** The server answered with an HTTP status other than 2xx. */
export interface HttpFailure {
  readonly kind: 'http';
  readonly httpStatus: number;
  readonly function: DownloadFunction;
}

/** The server answered with HTTP status 200, but its answer does not conform to SGP.22. */
export interface AnswerFailure {
  readonly kind: 'answer';
  readonly function: DownloadFunction;
}

/** The device got no complete answer. */
export interface ConnectionFailure {
  readonly kind: 'connection';
  /**
   * `unreachable`: the device could not connect. `interrupted`: the connection broke. `timeout`: the device waited too long. `tls`: the
   * device does not trust the server.
   */
  readonly what: 'unreachable' | 'interrupted' | 'timeout' | 'tls';
  readonly function: DownloadFunction;
}

/** The eUICC refused the server in ES10b.AuthenticateServer (SGP.22 5.7.13) or ES10b.PrepareDownload (5.7.5). */
export type EuiccFailure = {
  readonly kind: 'eUICC';
  /** The message with which the server answered the eUICC's error. */
  readonly message?: string | undefined;
} & (
  | { readonly function: 'authenticateServer'; readonly code: keyof typeof AuthenticateErrorCode }
  | { readonly function: 'prepareDownload'; readonly code: keyof typeof DownloadErrorCode }
);

/** The LPA or its user cancelled the session (SGP.22 5.7.14). */
export interface CancelFailure {
  readonly kind: 'cancel';
  readonly reason: keyof typeof CancelSessionReason;
}

/** The eUICC could not install the profile: an error in the ProfileInstallationResult (SGP.22 2.5.6). */
export interface InstallationFailure {
  readonly kind: 'installation';
  readonly command: keyof typeof BppCommandId;
  readonly reason: keyof typeof ErrorReason;
}

/** The device did not start the download. */
export interface DeviceFailure {
  readonly kind: 'device';
  /** `noEuicc`: the device has no eUICC. `busy`: another operation is running. `unavailable`: the cellular software does not answer. */
  readonly trouble: 'noEuicc' | 'busy' | 'unavailable';
}

/** Why a device got no profile. */
export type Failure =
  | StatusFailure
  | HttpFailure
  | AnswerFailure
  | ConnectionFailure
  | EuiccFailure
  | CancelFailure
  | InstallationFailure
  | DeviceFailure;
