import type { DownloadFunction, Failure } from './failure.js';

/** What lpac prints in `payload` of its last line, whose `code` is -1. Seen with lpac 2.3.0. */
export interface LpacWords {
  /** Null if lpac does not notice the failure. lpac then goes on, or waits for ever. */
  readonly message: string | null;
  /** Null if `data` cannot be predicted, for example because it is a message of the server. */
  readonly data: string | null;
  /** Whether lpac 2.3.0 was seen to do this. */
  readonly confirmed: boolean;
}

const functionNames: Readonly<Record<DownloadFunction, string>> = {
  initiateAuthentication: 'es9p_initiate_authentication',
  authenticateClient: 'es9p_authenticate_client',
  getBoundProfilePackage: 'es9p_get_bound_profile_package',
  handleNotification: 'es9p_handle_notification',
  cancelSession: 'es9p_cancel_session',
};

const says = (message: string | null, data: string | null, confirmed = true): LpacWords => ({
  message,
  data,
  confirmed,
});

/** lpac does not notice the failure, and goes on. */
const nothing = says(null, null);

/** Maximum number of octets of the server's message that lpac keeps. */
const longestMessage = 128;

export function lpacWords(failure: Failure): LpacWords {
  switch (failure.kind) {
    case 'status':
      // If ccRequiredFlag is set and lpac has no confirmation code, lpac stops before it asks the server for the BPP.
      if (failure.status === '8.2.7/2.2' && failure.ccRequiredFlag !== false)
        return says('es10b_prepare_download', '');
      return says(functionNames[failure.function], shownMessage(failure.message));
    case 'http':
      return says(functionNames[failure.function], 'HTTP status code error');
    case 'answer':
      return says(functionNames[failure.function], null);
    case 'connection':
      return connectionWords(failure.what, failure.function);
    case 'eUICC':
      // lpac sends the eUICC's error to the server, and reports the server's answer.
      return says(
        functionNames[
          failure.function === 'prepareDownload' ? 'getBoundProfilePackage' : 'authenticateClient'
        ],
        shownMessage(failure.message),
      );
    case 'cancel':
      return cancelWords(failure.reason);
    case 'installation':
      return says(
        'es10b_load_bound_profile_package',
        [failure.command, failure.reason].map((name) => snakeCase(ownNames[name] ?? name)).join(','),
      );
    case 'device':
      return says('euicc_init', '', false);
  }
}

function connectionWords(what: string, name: DownloadFunction): LpacWords {
  // lpac checks no TLS certificate, and sets no timeout.
  if (what === 'tls' || what === 'timeout') return nothing;
  return says(functionNames[name], 'HTTP transport failed');
}

function cancelWords(reason: string): LpacWords {
  if (['endUserRejection', 'postponed', 'timeout'].includes(reason)) return says('cancelled', '');
  if (reason === 'loadBppExecutionError') return says('es10b_load_bound_profile_package', null);
  // lpac compares neither transactionIds nor metadata, and checks no policy rules. The eUICC may refuse later.
  return nothing;
}

const shownMessage = (message: string | undefined): string | null =>
  message === undefined ? null : message.slice(0, longestMessage);

/** The names that lpac writes differently from SGP.22. */
const ownNames: Readonly<Record<string, string>> = {
  configureISDP: 'configureIsdp',
  installFailedDueToPEProcessingError: 'installFailedDueToPeProcessingError',
};

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
