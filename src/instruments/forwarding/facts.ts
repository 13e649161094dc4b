import { X509Certificate } from 'node:crypto';
import {
  iccidFromOctets,
  swapNibbles,
  type AuthenticateServerResponse,
  type CancelSessionResponse,
  type PendingNotification,
  type StoreMetadataRequest,
} from '../../wire/rsp/index.js';
import type { Facts } from '../exchanges/index.js';
import { decodedMember, membersOf } from '../journal/index.js';

/** The unverified facts in a request to another SM-DP+. */
export interface ShownFacts extends Facts {
  /** The SM-DP+ address that the device names. */
  readonly address?: string | undefined;
  /** The address to which the device sends this notification. */
  readonly notificationAddress?: string | undefined;
  /** How the session ends if the other server accepts the request. The eUICC has signed this outcome. */
  readonly outcome?: 'installed' | 'failed' | 'cancelled' | undefined;
}

type Members = Readonly<Record<string, unknown>>;

const textIn = (members: Members, name: string): string | undefined => {
  const value = members[name];
  return typeof value === 'string' ? value : undefined;
};

/** Decodes a binary member. `undefined` if it is missing or cannot be decoded. */
function structureIn<T>(members: Members, name: string): T | undefined {
  const text = textIn(members, name);
  if (text === undefined) return undefined;
  const value = decodedMember(name, Buffer.from(text, 'base64'));
  return typeof value === 'object' && value !== null && !('undecodable' in value) ? (value as T) : undefined;
}

const hex = (octets: Buffer): string => octets.toString('hex').toUpperCase();

/** The facts in the body of a request. */
export function factsOfRequest(body: Buffer): ShownFacts {
  const members = membersOf(body) ?? {};
  return {
    address: textIn(members, 'smdpAddress') ?? textIn(members, 'smdsAddress'),
    transactionId: textIn(members, 'transactionId')?.toUpperCase(),
    ...factsOfEuicc(structureIn<AuthenticateServerResponse>(members, 'authenticateServerResponse')),
    ...factsOfNotification(structureIn<PendingNotification>(members, 'pendingNotification')),
    ...factsOfCancellation(structureIn<CancelSessionResponse>(members, 'cancelSessionResponse')),
  };
}

function factsOfEuicc(response: AuthenticateServerResponse | undefined): Facts {
  if (!response || !('authenticateResponseOk' in response) || !response.authenticateResponseOk) return {};
  const { euiccCertificate, euiccSigned1 } = response.authenticateResponseOk;
  const { matchingId, deviceInfo } = euiccSigned1.ctxParams1.ctxParamsForCommonAuthentication;
  return {
    eid: eidIn(euiccCertificate),
    matchingId,
    tac: swapNibbles(deviceInfo.tac).toString('hex'),
  };
}

function eidIn(certificate: Buffer): string | undefined {
  try {
    return /^serialNumber=(\d{32})$/m.exec(new X509Certificate(certificate).subject)?.[1];
  } catch {
    return undefined;
  }
}

function factsOfNotification(notification: PendingNotification | undefined): ShownFacts {
  if (!notification) return {};
  if ('profileInstallationResult' in notification && notification.profileInstallationResult) {
    const { transactionId, notificationMetadata, finalResult } =
      notification.profileInstallationResult.profileInstallationResultData;
    const isInstalled = 'successResult' in finalResult && finalResult.successResult !== undefined;
    return {
      transactionId: hex(transactionId),
      outcome: isInstalled ? 'installed' : 'failed',
      ...factsOfMetadata(notificationMetadata),
    };
  }
  if ('otherSignedNotification' in notification && notification.otherSignedNotification) {
    const { euiccCertificate, tbsOtherNotification } = notification.otherSignedNotification;
    return { eid: eidIn(euiccCertificate), ...factsOfMetadata(tbsOtherNotification) };
  }
  return {};
}

/**
 * Only a signed answer of the eUICC cancels the session. Errors are unsigned. For example, lpac gets an error when it
 * cancels after a failed installation.
 */
const factsOfCancellation = (response: CancelSessionResponse | undefined): ShownFacts =>
  response && 'cancelSessionResponseOk' in response ? { outcome: 'cancelled' } : {};

const factsOfMetadata = ({
  iccid,
  notificationAddress,
}: {
  readonly iccid?: Buffer | undefined;
  readonly notificationAddress: string;
}): ShownFacts => ({
  notificationAddress,
  ...(iccid && { iccid: iccidFromOctets(iccid) }),
});

/** The facts in the body of an answer: the TransactionId of a new session, the ICCID of an offered profile. */
export function factsOfAnswer(body: Buffer): Facts {
  const members = membersOf(body) ?? {};
  const metadata = structureIn<StoreMetadataRequest>(members, 'profileMetadata');
  const transactionId = textIn(members, 'transactionId')?.toUpperCase();
  return {
    ...(transactionId !== undefined && { transactionId }),
    ...(metadata && { iccid: iccidFromOctets(metadata.iccid) }),
  };
}
