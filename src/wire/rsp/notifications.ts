import {
  bitString,
  choice,
  integer,
  objectIdentifier,
  octetString,
  optional,
  sequenceOf,
  utf8String,
  type Infer,
} from '../asn1/index.js';
import { Certificate, Iccid, sequence, Signature, TransactionId } from './common.js';

/** NotificationMetadata (SGP.22 5.7.9). */
export const NotificationMetadata = sequence(
  {
    seqNumber: integer(0x80, { max: 2 ** 47 - 1 }),
    profileManagementOperation: bitString(0x81),
    notificationAddress: utf8String(),
    iccid: optional(Iccid),
  },
  { tag: 0xbf2f },
);
export type NotificationMetadata = Infer<typeof NotificationMetadata>;

/** ErrorReason (SGP.22 2.5.6). */
export const ErrorReason = {
  incorrectInputValues: 1,
  invalidSignature: 2,
  invalidTransactionId: 3,
  unsupportedCrtValues: 4,
  unsupportedRemoteOperationType: 5,
  unsupportedProfileClass: 6,
  scp03tStructureError: 7,
  scp03tSecurityError: 8,
  installFailedDueToIccidAlreadyExistsOnEuicc: 9,
  installFailedDueToInsufficientMemoryForProfile: 10,
  installFailedDueToInterruption: 11,
  installFailedDueToPEProcessingError: 12,
  installFailedDueToDataMismatch: 13,
  testProfileInstallFailedDueToInvalidNaaKey: 14,
  pprNotAllowed: 15,
  installFailedDueToUnknownError: 127,
} as const;

/** ProfileInstallationResultData (SGP.22 2.5.6). */
export const ProfileInstallationResultData = sequence(
  {
    transactionId: TransactionId,
    notificationMetadata: NotificationMetadata,
    smdpOid: optional(objectIdentifier()),
    finalResult: choice(
      {
        successResult: sequence(
          { aid: octetString(0x4f, { min: 5, max: 16 }), simaResponse: octetString() },
          { tag: 0xa0 },
        ),
        errorResult: sequence(
          {
            bppCommandId: integer(0x80),
            errorReason: integer(0x81),
            simaResponse: optional(octetString(0x82)),
          },
          { tag: 0xa1 },
        ),
      },
      { tag: 0xa2 },
    ),
  },
  { tag: 0xbf27 },
);
export type ProfileInstallationResultData = Infer<typeof ProfileInstallationResultData>;

/** ProfileInstallationResult (SGP.22 2.5.6). The signature covers the BF27 object. */
export const ProfileInstallationResult = sequence(
  { profileInstallationResultData: ProfileInstallationResultData, euiccSignPIR: Signature },
  { tag: 0xbf37 },
);
export type ProfileInstallationResult = Infer<typeof ProfileInstallationResult>;

/** OtherSignedNotification (SGP.22 5.7.10). The signature covers the BF2F object. */
export const OtherSignedNotification = sequence({
  tbsOtherNotification: NotificationMetadata,
  euiccNotificationSignature: Signature,
  euiccCertificate: Certificate,
  eumCertificate: Certificate,
});
export type OtherSignedNotification = Infer<typeof OtherSignedNotification>;

/** PendingNotification (SGP.22 5.7.10). */
export const PendingNotification = choice({
  profileInstallationResult: ProfileInstallationResult,
  otherSignedNotification: OtherSignedNotification,
});
export type PendingNotification = Infer<typeof PendingNotification>;

/** EUICCResponse of the profile package interpreter, contained in `simaResponse` (SAIP 2.3, 9.1). */
export const EuiccResponse = sequence({
  peStatus: sequenceOf(sequence({ status: integer(0x80), identification: optional(integer(0x81)) }), {
    tag: 0xa0,
  }),
});
