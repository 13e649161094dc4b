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
  /** The address to which the notification is sent: the SM-DP+ address. */
  readonly address: string;
  /** OID of the SM-DP+. */
  readonly smdpOid: string;
  /** Absent if the profile was installed. */
  readonly errorReason?: number | undefined;
}

/** AID of the first ISD-P (SGP.02 annex H). */
const firstIsdp = Buffer.from('A0000005591010FFFFFFFF8900001000', 'hex');

const success = {
  successResult: { aid: firstIsdp, simaResponse: encode(EuiccResponse, { peStatus: [{ status: 0 }] }) },
};

/** The BPP command that fails, for error reasons that occur before the eUICC loads the profile elements. */
const failedCommand: Readonly<Record<number, keyof typeof BppCommandId>> = {
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
    bppCommandId: BppCommandId[failedCommand[errorReason] ?? 'loadProfileElements'],
    errorReason,
  },
});

/**
 * A ProfileInstallationResult (SGP.22 2.5.6) in both forms that an operator may choose. It is signed with a new key, which is then
 * thrown away. To operators this makes no difference: they cannot verify a real result either, because it carries no certificate.
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
