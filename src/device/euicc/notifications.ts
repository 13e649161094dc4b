import {
  Asn1Error,
  bits,
  encode,
  hasBit,
  readAll,
  readTlv,
  setBits,
  tlv,
  tlvBytes,
  type BitString,
} from '../../wire/asn1/index.js';
import {
  iccidFromOctets,
  iccidToOctets,
  NotificationEvent,
  NotificationMetadata,
  type StoreMetadataRequest,
} from '../../wire/rsp/index.js';
import type { Card, EuiccCredential } from './card.js';
import { build, finish, signed } from './edits.js';
import type { Operation, StoredNotification } from './state.js';

const eventOf: Record<Operation, number> = {
  install: NotificationEvent.notificationInstall,
  enable: NotificationEvent.notificationEnable,
  disable: NotificationEvent.notificationDisable,
  delete: NotificationEvent.notificationDelete,
};

/** What a notification reports, and to whom. */
export interface NotificationSubject {
  readonly operation: Operation;
  readonly address: string;
  /** The ICCID, as the octets in tag 5A. */
  readonly iccid: Buffer | undefined;
}

/** Makes NotificationMetadata with the next sequence number. The caller must commit. */
export function nextNotificationMetadata(
  card: Card,
  { operation, address, iccid }: NotificationSubject,
): NotificationMetadata {
  return {
    seqNumber: card.memory.state.nextSeqNumber++,
    profileManagementOperation: bits(eventOf[operation]),
    notificationAddress: address,
    iccid,
  };
}

/** Stores a PendingNotification until the LPA removes it. The caller must commit. */
export function keepNotification(
  card: Card,
  { seqNumber }: NotificationMetadata,
  { operation, address, iccid }: NotificationSubject,
  content: Buffer,
): void {
  const kept: StoredNotification = {
    seqNumber,
    operation,
    address,
    iccid: iccid && iccidFromOctets(iccid),
    content: content.toString('base64'),
  };
  card.memory.state.notifications.push(kept);
}

/** Makes and stores an OtherSignedNotification (SGP.22 5.7.10). The caller must commit. */
export function notify(card: Card, credential: EuiccCredential, subject: NotificationSubject): void {
  const metadata = nextNotificationMetadata(card, subject);
  const encoded = build(card.edits, 'notificationMetadata', NotificationMetadata, metadata);
  const notification = tlv(
    0x30,
    encoded,
    signed(card.edits, 'notificationMetadata', credential.privateKey, [encoded]),
    finish(card.edits, 'euiccCertificate', credential.euiccCertificate),
    finish(card.edits, 'eumCertificate', credential.eumCertificate),
  );
  keepNotification(card, metadata, subject, finish(card.edits, 'otherSignedNotification', notification));
}

/** The addresses in a profile's metadata to which this operation is reported. */
export const notificationAddresses = (metadata: StoreMetadataRequest, operation: Operation): string[] =>
  (metadata.notificationConfigurationInfo ?? [])
    .filter(({ profileManagementOperation }) => hasBit(profileManagementOperation, eventOf[operation]))
    .map(({ notificationAddress }) => notificationAddress);

/** Whether a notification reports one of these operations. If no operations are given, the answer is always `true`. */
export const reports = ({ operation }: StoredNotification, events: BitString | undefined): boolean =>
  !events || setBits(events).length === 0 || hasBit(events, eventOf[operation]);

/**
 * The NotificationMetadata of a stored notification, in DER. The octets are copied from the notification itself,
 * because the eUICC has signed them. If an edit has made the notification unreadable, the metadata is encoded again.
 */
export function keptMetadata(notification: StoredNotification): Buffer {
  const { seqNumber, operation, address, iccid } = notification;
  return (
    metadataIn(notificationContent(notification)) ??
    encode(NotificationMetadata, {
      seqNumber,
      profileManagementOperation: bits(eventOf[operation]),
      notificationAddress: address,
      iccid: iccid === undefined ? undefined : iccidToOctets(iccid),
    })
  );
}

/** The NotificationMetadata (BF2F) in a PendingNotification. `undefined` if the notification is unreadable. */
function metadataIn(content: Buffer): Buffer | undefined {
  try {
    const outer = readTlv(content, 0, content.length, 'definite');
    const inner = outer.tag === 0xbf37 ? readTlv(content, outer.valueStart, outer.end, 'definite') : outer;
    for (const member of readAll(content, inner.valueStart, inner.end, 'definite')) {
      if (member.tag === 0xbf2f) return tlvBytes(member);
    }
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
  }
  return undefined;
}

/** The content of a stored notification: PendingNotification in DER. */
export const notificationContent = ({ content }: StoredNotification): Buffer =>
  Buffer.from(content, 'base64');
