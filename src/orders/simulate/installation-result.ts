import { generateKeyPairSync } from 'node:crypto';
import { signPlain } from '../../pki/index.js';
import { bits, encode, tlv } from '../../wire/asn1/index.js';
import {
  BppCommandId,
  ErrorReason,
  EuiccResponse,
  iccidToOctets,
  NotificationEvent,
  ProfileInstallationResultData,
} from '../../wire/rsp/index.js';

/** What a simulated eUICC reports about an installation. */
export interface SimulatedResult {
  readonly transactionId: Buffer;
  readonly iccid: string;
  readonly seqNumber: number;
  /** Where the notification goes: the SM-DP+ address. */
  readonly address: string;
  /** Of the SM-DP+. */
  readonly smdpOid: string;
  /** Absent: the profile is installed. */
  readonly errorReason?: number | undefined;
}

/** AID of the first ISD-P (SGP.02 annex H). */
const firstIsdp = Buffer.from('A0000005591010FFFFFFFF8900001000', 'hex');

const success = {
  successResult: { aid: firstIsdp, simaResponse: encode(EuiccResponse, { peStatus: [{ status: 0 }] }) },
};

/** Reasons that are found before the profile elements are loaded, with the command at which they are found. */
const commandOf: Readonly<Record<number, keyof typeof BppCommandId>> = {
  [ErrorReason.incorrectInputValues]: 'initialiseSecureChannel',
  [ErrorReason.invalidSignature]: 'initialiseSecureChannel',
  [ErrorReason.invalidTransactionId]: 'initialiseSecureChannel',
  [ErrorReason.unsupportedCrtValues]: 'initialiseSecureChannel',
  [ErrorReason.unsupportedRemoteOperationType]: 'initialiseSecureChannel',
  [ErrorReason.unsupportedProfileClass]: 'storeMetadata',
  [ErrorReason.installFailedDueToIccidAlreadyExistsOnEuicc]: 'storeMetadata',
  [ErrorReason.pprNotAllowed]: 'storeMetadata',
};

const failureOf = (errorReason: number) => ({
  errorResult: {
    bppCommandId: BppCommandId[commandOf[errorReason] ?? 'loadProfileElements'],
    errorReason,
  },
});

/**
 * A ProfileInstallationResult (SGP.22 2.5.6) in both forms that an operator may choose. No eUICC has signed it, but a key that
 * is forgotten at once: operators cannot verify the signature of a real one either, because it brings no certificate.
 */
export function simulatedResult({
  transactionId,
  iccid,
  seqNumber,
  address,
  smdpOid,
  errorReason,
}: SimulatedResult): { profileInstallationResultData: Buffer; pendingNotification: Buffer } {
  const data = encode(ProfileInstallationResultData, {
    transactionId,
    notificationMetadata: {
      seqNumber,
      profileManagementOperation: bits(NotificationEvent.notificationInstall),
      notificationAddress: address,
      iccid: iccidToOctets(iccid),
    },
    smdpOid,
    finalResult: errorReason === undefined ? success : failureOf(errorReason),
  });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    profileInstallationResultData: data,
    pendingNotification: tlv(0xbf37, data, tlv(0x5f37, signPlain(privateKey, [data]))),
  };
}
