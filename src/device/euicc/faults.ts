import type {
  AuthenticateErrorCode,
  BppCommandId,
  DownloadErrorCode,
  ErrorReason,
} from '../../wire/rsp/index.js';

/** ES10b.AuthenticateServer refused the server (SGP.22 5.7.13). The eUICC answers with authenticateResponseError. */
export class AuthenticationFault extends Error {
  override readonly name = 'AuthenticationFault';

  constructor(
    /** The authenticateErrorCode of the response. */
    readonly code: keyof typeof AuthenticateErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** ES10b.PrepareDownload refused the server (SGP.22 5.7.5). The eUICC answers with downloadResponseError. */
export class DownloadFault extends Error {
  override readonly name = 'DownloadFault';

  constructor(
    /** The downloadErrorCode of the response. */
    readonly code: keyof typeof DownloadErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** The eUICC refused the bound profile package (SGP.22 2.5.6). The ProfileInstallationResult has the fault as its errorResult. */
export class InstallationFault extends Error {
  override readonly name = 'InstallationFault';

  constructor(
    /** The bppCommandId of the errorResult. */
    readonly command: keyof typeof BppCommandId,
    /** The errorReason of the errorResult. */
    readonly reason: keyof typeof ErrorReason,
    message: string,
    /** The profile package interpreter's EUICCResponse, DER. */
    readonly simaResponse?: Buffer,
  ) {
    super(message);
  }
}

/**
 * The power of the eUICC failed while it loaded a bound profile package, as `powerLossAtUnit` demands. At APDU level, the card stops
 * answering.
 */
export class PowerLossError extends Error {
  override readonly name = 'PowerLossError';

  constructor(
    /** Whether the eUICC has stored the profile and its ProfileInstallationResult. */
    readonly installed: boolean,
  ) {
    super(installed ? 'power failed after the installation' : 'power failed in the middle of the package');
  }
}

/** An ES10 function was called in a state that does not allow it. A card answers with status word 6985. */
export class ConditionsOfUseError extends Error {
  override readonly name = 'ConditionsOfUseError';
}
