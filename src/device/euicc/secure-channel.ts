import type { PreparedSession } from './card.js';
import { InstallationFault } from './faults.js';
import { deriveSessionKeys } from './key-agreement.js';
import { smdpSignedOctets, type SecureChannelRequest } from './package-reader.js';
import type { MessagingKeys } from './secure-messaging.js';
import { signatureHolds } from './signature.js';
import { installBoundProfilePackage } from '../../wire/rsp/index.js';

const command = 'initialiseSecureChannel';
const keyTypeAes = 0x88;
const keyLength = 16;

/**
 * Checks InitialiseSecureChannel (SGP.22 5.5.1) and derives the session keys.
 *
 * @throws InstallationFault
 */
export function agreeOnKeys(
  { request, signedOctets }: SecureChannelRequest,
  session: Pick<PreparedSession, 'transactionId' | 'oneTimeKey'> & {
    readonly bindingCertificate: Pick<PreparedSession['bindingCertificate'], 'publicKey'>;
  },
  eid: string,
): MessagingKeys {
  const { oneTimeKey, bindingCertificate } = session;
  const covered = smdpSignedOctets(signedOctets, oneTimeKey.publicKey);
  if (!signatureHolds(bindingCertificate.publicKey, covered, request.smdpSign)) {
    throw new InstallationFault(
      command,
      'invalidSignature',
      'smdpSign is not a valid signature over BF23 and otPK.EUICC',
    );
  }
  if (!request.transactionId.equals(session.transactionId)) {
    throw new InstallationFault(command, 'invalidTransactionId', 'BF23 belongs to another transaction');
  }
  if (request.remoteOpId !== installBoundProfilePackage) {
    throw new InstallationFault(
      command,
      'unsupportedRemoteOperationType',
      `remoteOpId is ${request.remoteOpId}`,
    );
  }
  const { keyType, keyLen, hostId } = request.controlRefTemplate;
  if (keyType[0] !== keyTypeAes || keyLen[0] !== keyLength) {
    throw new InstallationFault(
      command,
      'unsupportedCrtValues',
      `key type ${keyType.toString('hex')} and length ${keyLen.toString('hex')} instead of 88 and 10`,
    );
  }
  try {
    return deriveSessionKeys(oneTimeKey, request.smdpOtpk, hostId, eid);
  } catch {
    throw new InstallationFault(command, 'incorrectInputValues', 'smdpOtpk is not a point on the curve');
  }
}
