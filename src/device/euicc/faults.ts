import type {
  AuthenticateErrorCode,
  BppCommandId,
  DownloadErrorCode,
  ErrorReason,
} from '../../wire/rsp/index.js';

/** ES10b.AuthenticateServer refused the server (SGP.22 5.7.13); becomes authenticateResponseError. */
export class AuthenticationFault extends Error {
  override readonly name = 'AuthenticationFault';

  constructor(
    readonly code: keyof typeof AuthenticateErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** ES10b.PrepareDownload refused the server (SGP.22 5.7.5); becomes downloadResponseError. */
export class DownloadFault extends Error {
  override readonly name = 'DownloadFault';

  constructor(
    readonly code: keyof typeof DownloadErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** The bound profile package was refused (SGP.22 2.5.6); becomes the errorResult of a ProfileInstallationResult. */
export class InstallationFault extends Error {
  override readonly name = 'InstallationFault';

  constructor(
    readonly command: keyof typeof BppCommandId,
    readonly reason: keyof typeof ErrorReason,
    message: string,
    /** EUICCResponse of the profile package interpreter. */
    readonly simaResponse?: Buffer,
  ) {
    super(message);
  }
}

/** A function of ES10 was called in a state in which it is not allowed; a card answers 6985 instead of a response. */
export class ConditionsOfUseError extends Error {
  override readonly name = 'ConditionsOfUseError';
}
