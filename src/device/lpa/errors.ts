import type { BppCommandId, ErrorReason } from '../../wire/rsp/index.js';
import type { CancelReason, InstallationFault } from '../euicc/index.js';

/** The steps of a download in order. The last two steps do not occur in every download. */
export type DownloadStep =
  | 'activationCode'
  | 'initiateAuthentication'
  | 'authenticateServer'
  | 'authenticateClient'
  | 'prepareDownload'
  | 'getBoundProfilePackage'
  | 'loadBoundProfilePackage'
  | 'handleNotification'
  | 'cancelSession';

/** The base class of the errors that end a download. `step` is the step that failed. */
export abstract class LpaError extends Error {
  /**
   * The transaction of the failed download, in upper-case hex. Absent if the server had not named a transaction yet.
   */
  declare transactionId?: string;

  constructor(
    readonly step: DownloadStep,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${step}: ${message}`, options);
  }
}

/** The server answered Failed (SGP.22 5.2.6) with a status code. */
export class ServerRefusal extends LpaError {
  override readonly name = 'ServerRefusal';
  /**
   * The ccRequiredFlag that the server sent in this session (SGP.22 5.6.3). Absent if the server had not sent the flag
   * yet.
   */
  declare ccRequiredFlag?: boolean;

  constructor(
    step: DownloadStep,
    /** For example `8.2.6`. */
    readonly subjectCode: string,
    /** For example `3.8`. */
    readonly reasonCode: string,
    /** The message in the server's statusCodeData. */
    readonly serverMessage?: string,
  ) {
    super(
      step,
      `the server refuses with ${subjectCode} / ${reasonCode}${serverMessage ? ` (${serverMessage})` : ''}`,
    );
  }

  /** Subject code and reason code, for example `8.2.6/3.8`. */
  get status(): string {
    return `${this.subjectCode}/${this.reasonCode}`;
  }
}

/** The server could not be reached, TLS failed, or the server did not answer in time. `cause` is Node's error. */
export class TransportError extends LpaError {
  override readonly name = 'TransportError';
}

/** An answer has an HTTP status other than the status that SGP.22 6.5 requires (200, or 204 for HandleNotification). */
export class HttpStatusError extends LpaError {
  override readonly name = 'HttpStatusError';

  constructor(
    step: DownloadStep,
    readonly httpStatus: number,
    expected: number,
    /** Whether the server says that it is mock-smdp, where a fault rule may have caused the status. */
    readonly isFromMock = false,
  ) {
    super(step, `the server answers with HTTP status ${httpStatus} instead of ${expected}`);
  }
}

/** The server's answer does not have the form that SGP.22 requires. */
export class NonconformityError extends LpaError {
  override readonly name = 'NonconformityError';
}

/** The eUICC refused the server in ES10b.AuthenticateServer or ES10b.PrepareDownload. */
export class EuiccRefusal extends LpaError {
  override readonly name = 'EuiccRefusal';

  constructor(
    step: DownloadStep,
    /** Name of an AuthenticateErrorCode (SGP.22 5.7.13) or DownloadErrorCode (5.7.5). */
    readonly code: string,
    reason: string,
  ) {
    super(step, `the eUICC refuses with ${code}: ${reason}`);
  }
}

/** The LPA cancelled the session because it could not accept the server's answer. */
export class SessionRefused extends LpaError {
  override readonly name = 'SessionRefused';

  constructor(
    step: DownloadStep,
    /** The reason that the LPA gave in ES9+.CancelSession. */
    readonly reason: CancelReason,
    message: string,
  ) {
    super(step, `${message} (session cancelled: ${reason})`);
  }
}

/**
 * The eUICC did not install the bound profile package. The LPA has tried to send the ProfileInstallationResult to the
 * server. If the server did not accept the result, the eUICC keeps it, and `sendNotifications` tries again.
 */
export class InstallationFailed extends LpaError {
  override readonly name = 'InstallationFailed';

  /** The command that failed, as in the ProfileInstallationResult (SGP.22 2.5.6). */
  readonly bppCommandId: keyof typeof BppCommandId;
  /** Why the command failed, as in the ProfileInstallationResult (SGP.22 2.5.6). */
  readonly errorReason: keyof typeof ErrorReason;

  constructor(
    { command, reason, message }: InstallationFault,
    /** Sequence number of the ProfileInstallationResult. */
    readonly seqNumber: number,
  ) {
    super('loadBoundProfilePackage', `${reason} at ${command}: ${message}`);
    this.bppCommandId = command;
    this.errorReason = reason;
  }
}

/** The LPA has not delivered a notification, because of the option `holdResult`. `sendNotifications` delivers it. */
export class NotificationHeld extends LpaError {
  override readonly name = 'NotificationHeld';
}

/** The caller's options are wrong, for example a malformed activation code. */
export class UsageError extends LpaError {
  override readonly name = 'UsageError';
}
