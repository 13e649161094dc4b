import { androidStatusWords, androidWords, type AndroidWords } from './android.js';
import type { Failure } from './failure.js';
import { acknowledged, cellularError, type IphoneWords } from './iphone.js';
import { windowsWords, type ErrorDetailName, type ESimOperationStatusName } from './windows.js';

/** What the systems report for one kind of failure. What lpac reports also depends on the request: see `lpacWords`. */
export interface Row {
  /** The key of these failures: `8.1.1/3.8`, `cancel pprNotAllowed` … See {@link keysOf}. */
  readonly key: string;
  /** The failure in words. */
  readonly what: string;
  readonly windows: readonly [ErrorDetailName | null, ESimOperationStatusName];
  readonly android: (failure: Failure) => AndroidWords;
  readonly iphone: IphoneWords;
}

type Android = Row['android'];

const status: Android = (failure) => androidStatusWords(failure.kind === 'status' ? failure.status : '');
/** The user can enter a confirmation code, or agree to the policy rules. */
const resolvableStatus: Android = (failure) => ({ ...status(failure), result: 'RESOLVABLE_ERROR' });
const httpStatus: Android = (failure) =>
  androidWords('OPERATION_HTTP', failure.kind === 'http' ? { error: failure.httpStatus } : {});
const fixed =
  (...words: Parameters<typeof androidWords>): Android =>
  () =>
    androidWords(...words);

const installError = fixed('OPERATION_DOWNLOAD', { error: 'ERROR_INSTALL_PROFILE' });
const disallowed = fixed('OPERATION_DOWNLOAD', { error: 'ERROR_DISALLOWED_BY_PPR' });
const untrusted = fixed('OPERATION_EUICC_GSMA', { error: 'ERROR_CERTIFICATE_ERROR' });

const row = (
  key: string,
  what: string,
  windows: Row['windows'],
  android: Android,
  iphone: IphoneWords = acknowledged,
): Row => ({ key, what, windows, android, iphone });

/** Every failure that a device can report. {@link keysOf} says which row counts for a failure. */
export const rows: readonly Row[] = [
  row('8.1/4.8', 'status 8.1/4.8', ['NotEnoughSpaceOnCard', 'InsufficientSpaceOnCard'], status),
  row('8.1.1/3.8', 'status 8.1.1/3.8', ['ProfileEidMismatch', 'EidMismatch'], status),
  row('8.2/1.2', 'status 8.2/1.2', ['ProfileNotReleasedByOperator', 'ProfileNotReleasedByOperator'], status),
  row(
    '8.2/3.7',
    'status 8.2/3.7',
    ['ProfileNotAvailableForNewBinding', 'ProfileNotAvailableForNewBinding'],
    status,
  ),
  row(
    '8.2.5/4.3',
    'status 8.2.5/4.3',
    ['NoEligibleProfileForThisDevice', 'NoEligibleProfileForThisDevice'],
    status,
  ),
  row('8.2.6/3.8', 'status 8.2.6/3.8', ['InvalidMatchingId', 'InvalidMatchingId'], status),
  row(
    '8.2.7/2.2',
    'status 8.2.7/2.2',
    ['ConfirmationCodeMissing', 'ConfirmationCodeMissing'],
    resolvableStatus,
  ),
  row(
    '8.2.7/3.8',
    'status 8.2.7/3.8',
    ['RemoteServerGeneralFailure', 'IncorrectConfirmationCode'],
    resolvableStatus,
  ),
  row(
    '8.2.7/6.4',
    'status 8.2.7/6.4',
    ['RemoteServerGeneralFailure', 'ConfirmationCodeMaxRetriesExceeded'],
    status,
  ),
  row('8.2.8/1.2', 'status 8.2.8/1.2', ['ForbiddenByPolicy', 'PolicyViolation'], status),
  row(
    '8.8.5/6.4',
    'status 8.8.5/6.4',
    ['RemoteServerGeneralFailure', 'ProfileDownloadMaxRetriesExceeded'],
    status,
  ),
  row('status', 'any other status code', ['RemoteServerGeneralFailure', 'ServerFailure'], status),
  row('http', 'an HTTP status other than 2xx', ['RemoteServerGeneralFailure', 'ServerFailure'], httpStatus),
  row(
    'answer',
    'an answer that SGP.22 does not allow',
    ['RemoteServerGeneralFailure', 'ServerFailure'],
    fixed('OPERATION_SMDX', { error: 'ERROR_INVALID_RESPONSE' }),
  ),
  row(
    'connection unreachable',
    'no connection to the server',
    ['RemoteServerUnreachable', 'ServerNotReachable'],
    fixed('OPERATION_HTTP', { error: 'ERROR_CONNECTION_ERROR' }),
  ),
  row(
    'connection interrupted',
    'the connection breaks before the answer is complete',
    ['RemoteServerUnreachable', 'ServerNotReachable'],
    fixed('OPERATION_HTTP', { error: 'ERROR_CONNECTION_ERROR' }),
  ),
  row(
    'connection timeout',
    'the server does not answer in time',
    ['RemoteServerUnreachable', 'TimeoutWaitingForResponse'],
    fixed('OPERATION_HTTP', { error: 'ERROR_TIME_OUT' }),
  ),
  row(
    'connection tls',
    'the device does not trust the TLS certificate',
    ['RemoteServerUnreachable', 'ServerNotTrusted'],
    fixed('OPERATION_HTTP', { error: 'ERROR_CERTIFICATE_ERROR' }),
  ),
  ...['invalidCertificate', 'invalidSignature', 'unsupportedCurve', 'invalidOid', 'ciPKUnknown'].map((code) =>
    row(
      `eUICC ${code}`,
      `the eUICC refuses the server: ${code}`,
      ['RemoteServerGeneralFailure', 'ServerNotTrusted'],
      untrusted,
    ),
  ),
  row(
    'eUICC',
    'the eUICC refuses the server for any other reason',
    ['RemoteServerGeneralFailure', 'ServerFailure'],
    fixed('OPERATION_EUICC_GSMA'),
  ),
  row(
    'cancel pprNotAllowed',
    'cancelled: pprNotAllowed',
    ['ForbiddenByPolicy', 'PolicyViolation'],
    disallowed,
  ),
  row(
    'cancel metadataMismatch',
    'cancelled: metadataMismatch',
    ['CardGeneralFailure', 'ProfileProcessingError'],
    fixed('OPERATION_METADATA', { error: 'ERROR_INVALID_RESPONSE' }),
  ),
  row(
    'cancel loadBppExecutionError',
    'cancelled: loadBppExecutionError',
    ['CardGeneralFailure', 'ProfileProcessingError'],
    installError,
  ),
  row(
    'cancel timeout',
    'cancelled: timeout (the user does not answer)',
    ['CardGeneralFailure', 'TimeoutWaitingForUserConsent'],
    fixed('OPERATION_DOWNLOAD', { error: 'ERROR_TIME_OUT' }),
  ),
  row(
    'cancel endUserRejection',
    'cancelled: endUserRejection',
    ['CardGeneralFailure', 'OperationAborted'],
    fixed('OPERATION_DOWNLOAD'),
  ),
  row(
    'cancel postponed',
    'cancelled: postponed',
    ['CardGeneralFailure', 'OperationAborted'],
    fixed('OPERATION_DOWNLOAD'),
  ),
  row(
    'cancel',
    'cancelled: undefinedReason',
    ['RemoteServerGeneralFailure', 'Other'],
    fixed('OPERATION_SMDX', { error: 'ERROR_INVALID_RESPONSE' }),
  ),
  row(
    'installation installFailedDueToInsufficientMemoryForProfile',
    'not installed: installFailedDueToInsufficientMemoryForProfile',
    ['NotEnoughSpaceOnCard', 'InsufficientSpaceOnCard'],
    fixed('OPERATION_DOWNLOAD', { error: 'ERROR_EUICC_INSUFFICIENT_MEMORY' }),
  ),
  row(
    'installation installFailedDueToIccidAlreadyExistsOnEuicc',
    'not installed: installFailedDueToIccidAlreadyExistsOnEuicc',
    ['CardGeneralFailure', 'IccidAlreadyExists'],
    installError,
  ),
  row(
    'installation pprNotAllowed',
    'not installed: pprNotAllowed',
    ['ForbiddenByPolicy', 'PolicyViolation'],
    disallowed,
  ),
  row(
    'installation',
    'not installed for any other reason',
    ['CardGeneralFailure', 'ProfileProcessingError'],
    installError,
  ),
  row(
    'device noEuicc',
    'the device has no eUICC',
    [null, 'CardRemoved'],
    fixed('OPERATION_EUICC_CARD', { error: 'ERROR_EUICC_MISSING' }),
    cellularError(36002),
  ),
  row(
    'device busy',
    'another operation of the eUICC is under way',
    ['CardGeneralFailure', 'CardBusy'],
    fixed('OPERATION_SYSTEM', { error: 'ERROR_OPERATION_BUSY' }),
    cellularError(36003),
  ),
  row(
    'device unavailable',
    'the cellular software of the device does not answer',
    ['CardGeneralFailure', 'CardGeneralFailure'],
    fixed('OPERATION_EUICC_CARD'),
    cellularError(36001),
  ),
];

/** The keys for a failure, the most precise first. The first of these keys that has a row decides. */
export function keysOf(failure: Failure): readonly string[] {
  switch (failure.kind) {
    case 'status':
      return [failure.status, 'status'];
    case 'http':
    case 'answer':
      return [failure.kind];
    case 'connection':
      return [`connection ${failure.what}`];
    case 'eUICC':
      return [`eUICC ${failure.code}`, 'eUICC'];
    case 'cancel':
      return [`cancel ${failure.reason}`, 'cancel'];
    case 'installation':
      return [`installation ${failure.reason}`, 'installation'];
    case 'device':
      return [`device ${failure.trouble}`];
  }
}

export const windowsOf = ({ windows: [detail, operationStatus] }: Row) =>
  windowsWords(detail, operationStatus);
