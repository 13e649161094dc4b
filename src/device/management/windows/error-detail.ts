import {
  InstallationFailed,
  LpaError,
  ServerRefusal,
  SessionRefused,
  TransportError,
} from '../../lpa/index.js';

/** Values of the node `Profiles/{ICCID}/ErrorDetail`. Windows does not use 2, 4 and 9. */
export const ErrorDetail = {
  None: 0,
  CardGeneralFailure: 1,
  Unused2: 2,
  ConfirmationCodeMissing: 3,
  Unused4: 4,
  ForbiddenByPolicy: 5,
  InvalidMatchingId: 6,
  NoEligibleProfileForThisDevice: 7,
  NotEnoughSpaceOnCard: 8,
  Unused9: 9,
  ProfileEidMismatch: 10,
  ProfileNotAvailableForNewBinding: 11,
  ProfileNotReleasedByOperator: 12,
  RemoteServerGeneralFailure: 13,
  RemoteServerUnreachable: 14,
} as const;
export type ErrorDetail = (typeof ErrorDetail)[keyof typeof ErrorDetail];

/** Name of a value, for people. */
export const errorDetailName = (value: ErrorDetail): string =>
  Object.entries(ErrorDetail).find(([, each]) => each === value)![0];

/** Status codes that Windows tells apart. The pairing follows the names of the values. */
const bySmdpStatus: Readonly<Record<string, ErrorDetail>> = {
  '8.2.7/2.2': ErrorDetail.ConfirmationCodeMissing,
  '8.2.8/1.2': ErrorDetail.ForbiddenByPolicy,
  '8.2.6/3.8': ErrorDetail.InvalidMatchingId,
  '8.2.5/4.3': ErrorDetail.NoEligibleProfileForThisDevice,
  '8.1/4.8': ErrorDetail.NotEnoughSpaceOnCard,
  '8.1.1/3.8': ErrorDetail.ProfileEidMismatch,
  '8.2/3.7': ErrorDetail.ProfileNotAvailableForNewBinding,
  '8.2/1.2': ErrorDetail.ProfileNotReleasedByOperator,
};

/** The ErrorDetail that a failed download leaves. An error that is none of the LPA's counts as a failure of the card. */
export function errorDetailOf(error: unknown): ErrorDetail {
  if (error instanceof ServerRefusal)
    return bySmdpStatus[error.status] ?? ErrorDetail.RemoteServerGeneralFailure;
  if (error instanceof SessionRefused)
    return error.reason === 'pprNotAllowed'
      ? ErrorDetail.ForbiddenByPolicy
      : ErrorDetail.RemoteServerGeneralFailure;
  if (error instanceof InstallationFailed) return ofInstallation(error);
  if (error instanceof TransportError) return ErrorDetail.RemoteServerUnreachable;
  return error instanceof LpaError ? ErrorDetail.RemoteServerGeneralFailure : ErrorDetail.CardGeneralFailure;
}

function ofInstallation({ errorReason }: InstallationFailed): ErrorDetail {
  if (errorReason === 'installFailedDueToInsufficientMemoryForProfile')
    return ErrorDetail.NotEnoughSpaceOnCard;
  return errorReason === 'pprNotAllowed' ? ErrorDetail.ForbiddenByPolicy : ErrorDetail.CardGeneralFailure;
}
