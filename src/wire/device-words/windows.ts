/** Values of the node `Profiles/{ICCID}/ErrorDetail` of the eUICCs CSP. 2, 4 and 9 are unused. */
export const ErrorDetail = {
  None: 0,
  CardGeneralFailure: 1,
  ConfirmationCodeMissing: 3,
  ForbiddenByPolicy: 5,
  InvalidMatchingId: 6,
  NoEligibleProfileForThisDevice: 7,
  NotEnoughSpaceOnCard: 8,
  ProfileEidMismatch: 10,
  ProfileNotAvailableForNewBinding: 11,
  ProfileNotReleasedByOperator: 12,
  RemoteServerGeneralFailure: 13,
  RemoteServerUnreachable: 14,
} as const;
export type ErrorDetailName = keyof typeof ErrorDetail;

/** ESimOperationStatus of Windows.Networking.NetworkOperators, finer than {@link ErrorDetail}. */
export const ESimOperationStatus = {
  Success: 0,
  NotAuthorized: 1,
  NotFound: 2,
  PolicyViolation: 3,
  InsufficientSpaceOnCard: 4,
  ServerFailure: 5,
  ServerNotReachable: 6,
  TimeoutWaitingForUserConsent: 7,
  IncorrectConfirmationCode: 8,
  ConfirmationCodeMaxRetriesExceeded: 9,
  CardRemoved: 10,
  CardBusy: 11,
  Other: 12,
  CardGeneralFailure: 13,
  ConfirmationCodeMissing: 14,
  InvalidMatchingId: 15,
  NoEligibleProfileForThisDevice: 16,
  OperationAborted: 17,
  EidMismatch: 18,
  ProfileNotAvailableForNewBinding: 19,
  ProfileNotReleasedByOperator: 20,
  OperationProhibitedByProfileClass: 21,
  ProfileNotPresent: 22,
  NoCorrespondingRequest: 23,
  TimeoutWaitingForResponse: 24,
  IccidAlreadyExists: 25,
  ProfileProcessingError: 26,
  ServerNotTrusted: 27,
  ProfileDownloadMaxRetriesExceeded: 28,
} as const;
export type ESimOperationStatusName = keyof typeof ESimOperationStatus;

/** What a Windows PC reports. */
export interface WindowsWords {
  /** Null if the PC has no ErrorDetail node, because it has no eUICC. */
  readonly errorDetail: (typeof ErrorDetail)[ErrorDetailName] | null;
  readonly errorDetailName: ErrorDetailName | null;
  readonly operationStatus: number;
  readonly operationStatusName: ESimOperationStatusName;
  /** Whether a public source confirms these values. */
  readonly confirmed: boolean;
}

/**
 * Microsoft documents the numbers and names, but not which failure leads to which number. The source of the LPA is
 * closed, so only the names of the numbers suggest their use.
 */
export const windowsWords = (
  detail: ErrorDetailName | null,
  status: ESimOperationStatusName,
): WindowsWords => ({
  errorDetail: detail && ErrorDetail[detail],
  errorDetailName: detail,
  operationStatus: ESimOperationStatus[status],
  operationStatusName: status,
  confirmed: false,
});
