import type { DownloadFunction, Failure } from '../../../wire/device-words/index.js';
import {
  EuiccRefusal,
  HttpStatusError,
  InstallationFailed,
  NonconformityError,
  ServerRefusal,
  SessionRefused,
  TransportError,
  type DownloadStep,
  type LpaError,
} from '../../lpa/index.js';
import type { AuthenticateErrorCode, DownloadErrorCode } from '../../../wire/rsp/index.js';
import { connectionFailure } from './connection-failure.js';

/**
 * Translates an error of the virtual LPA into a failure. `undefined` for a UsageError, because a real device would not
 * have started the download.
 */
export function failureOf(error: LpaError): Failure | undefined {
  const name = functionOf[error.step];
  if (error instanceof ServerRefusal)
    return {
      ...{ kind: 'status', status: error.status, function: name, message: error.serverMessage },
      ccRequiredFlag: error.ccRequiredFlag,
    };
  if (error instanceof HttpStatusError)
    return error.httpStatus < 300
      ? { kind: 'answer', function: name }
      : { kind: 'http', httpStatus: error.httpStatus, function: name };
  if (error instanceof NonconformityError) return { kind: 'answer', function: name };
  if (error instanceof TransportError)
    return { kind: 'connection', what: connectionFailure(error.cause), function: name };
  if (error instanceof EuiccRefusal) return euiccFailure(error);
  if (error instanceof SessionRefused) return { kind: 'cancel', reason: error.reason };
  if (error instanceof InstallationFailed)
    return { kind: 'installation', command: error.bppCommandId, reason: error.errorReason };
  return undefined;
}

const euiccFailure = ({ step, code }: EuiccRefusal): Failure =>
  step === 'authenticateServer'
    ? { kind: 'eUICC', function: 'authenticateServer', code: code as keyof typeof AuthenticateErrorCode }
    : { kind: 'eUICC', function: 'prepareDownload', code: code as keyof typeof DownloadErrorCode };

/** For each step of a download: the server's function whose answer the step processes. */
const functionOf: Readonly<Record<DownloadStep, DownloadFunction>> = {
  activationCode: 'initiateAuthentication',
  initiateAuthentication: 'initiateAuthentication',
  authenticateServer: 'initiateAuthentication',
  authenticateClient: 'authenticateClient',
  prepareDownload: 'authenticateClient',
  getBoundProfilePackage: 'getBoundProfilePackage',
  loadBoundProfilePackage: 'getBoundProfilePackage',
  handleNotification: 'handleNotification',
  cancelSession: 'cancelSession',
};
