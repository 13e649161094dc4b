import { androidWords, deviceWords, type AndroidWords } from '../../../wire/device-words/index.js';
import { LpaError, SessionRefused, UsageError } from '../../lpa/index.js';
import { ProfileChangeRefused } from '../../park/index.js';
import { failureOf } from '../words/index.js';
import type { EsimStatus } from './command.js';

/** The error that EuiccManager reports for a failed operation. */
export function euiccError(error: Error): AndroidWords {
  if (error instanceof UsageError)
    return androidWords('OPERATION_DOWNLOAD', { error: 'ERROR_INVALID_ACTIVATION_CODE' });
  if (error instanceof ProfileChangeRefused)
    return error.code === 'disallowedByPolicy'
      ? androidWords('OPERATION_EUICC_GSMA', { error: 'ERROR_DISALLOWED_BY_PPR' })
      : androidWords('OPERATION_EUICC_GSMA');
  const failure = error instanceof LpaError ? failureOf(error) : undefined;
  return failure ? deviceWords(failure).android : androidWords('OPERATION_SYSTEM');
}

/** The status of a command that the device could not carry out. */
export const internalError = (words: AndroidWords): EsimStatus => ({
  status: 'INTERNAL_ERROR',
  internalErrorDetails: {
    errorCode: String(words.errorCode),
    errorCodeDetail: words.errorName ?? 'ERROR_CODE_DETAIL_UNSPECIFIED',
    operationCode: String(words.operationCode),
    operationCodeDetail: words.operationName,
  },
});

/** Whether the error only means that the user declined the profile. */
export const isDenial = (error: Error): boolean =>
  error instanceof SessionRefused && ['endUserRejection', 'postponed', 'timeout'].includes(error.reason);
