import { LpaError } from '../../lpa/index.js';
import { deviceWords, failureOf } from '../words/index.js';

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

/** Readable name of a value. */
export const errorDetailName = (value: ErrorDetail): string =>
  Object.entries(ErrorDetail).find(([, each]) => each === value)![0];

/** The ErrorDetail of a failed download. An error that does not come from the LPA counts as a failure of the card. */
export function errorDetailOf(error: unknown): ErrorDetail {
  if (!(error instanceof LpaError)) return ErrorDetail.CardGeneralFailure;
  const failure = failureOf(error);
  return (failure && deviceWords(failure).windows.errorDetail) ?? ErrorDetail.RemoteServerGeneralFailure;
}
