import type { BppCommandId, ErrorReason } from '../../wire/rsp/index.js';
import type { CancelReason, InstallationFault } from '../euicc/index.js';

/** Steps of a download, in their order. */
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

/** Everything that ends a download is one of the subclasses of this; `step` says where it was. */
export abstract class LpaError extends Error {
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

  constructor(
    step: DownloadStep,
    readonly subjectCode: string,
    readonly reasonCode: string,
    readonly serverMessage?: string,
  ) {
    super(
      step,
      `the server refuses with ${subjectCode} / ${reasonCode}${serverMessage ? ` (${serverMessage})` : ''}`,
    );
  }

  /** For instance `8.2.6/3.8`. */
  get status(): string {
    return `${this.subjectCode}/${this.reasonCode}`;
  }
}

/** The server could not be reached, TLS failed, or it did not answer in time. */
export class TransportError extends LpaError {
  override readonly name = 'TransportError';
}

/** The HTTP status is not the one that SGP.22 6.5 asks for. */
export class HttpStatusError extends LpaError {
  override readonly name = 'HttpStatusError';

  constructor(
    step: DownloadStep,
    readonly httpStatus: number,
    expected: number,
  ) {
    super(step, `the server answers with HTTP status ${httpStatus} instead of ${expected}`);
  }
}

/** The server's answer does not have the form that SGP.22 asks for. */
export class NonconformityError extends LpaError {
  override readonly name = 'NonconformityError';
}

/** The eUICC refused what the server sent. */
export class EuiccRefusal extends LpaError {
  override readonly name = 'EuiccRefusal';

  constructor(
    step: DownloadStep,
    /** AuthenticateErrorCode or DownloadErrorCode by name. */
    readonly code: string,
    reason: string,
  ) {
    super(step, `the eUICC refuses with ${code}: ${reason}`);
  }
}

/** The LPA ended the session because of something that the server sent. */
export class SessionRefused extends LpaError {
  override readonly name = 'SessionRefused';

  constructor(
    step: DownloadStep,
    /** What ES9+.CancelSession told the server. */
    readonly reason: CancelReason,
    message: string,
  ) {
    super(step, `${message} (session cancelled: ${reason})`);
  }
}

/** The eUICC did not install the bound profile package; the server has the ProfileInstallationResult. */
export class InstallationFailed extends LpaError {
  override readonly name = 'InstallationFailed';

  readonly bppCommandId: keyof typeof BppCommandId;
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

/** What was asked of the LPA makes no sense: a malformed activation code, for instance. */
export class UsageError extends LpaError {
  override readonly name = 'UsageError';
}
