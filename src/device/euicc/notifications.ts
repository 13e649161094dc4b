import { bits, hasBit, tlv } from '../../wire/asn1/index.js';
import {
  iccidFromOctets,
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

/** The operation that a notification reports, and its addressee. */
export interface NotificationSubject {
  readonly operation: Operation;
  readonly address: string;
  /** Octets of tag 5A. */
  readonly iccid: Buffer | undefined;
}

/** Makes NotificationMetadata with the next sequence number. The caller commits. */
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

/** Keeps a PendingNotification until the LPA removes it. The caller commits. */
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

/** Makes and keeps an OtherSignedNotification (SGP.22 5.7.10). The caller commits. */
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

/** The addresses in a profile's metadata that get a notification of this operation. */
export const notificationAddresses = (metadata: StoreMetadataRequest, operation: Operation): string[] =>
  (metadata.notificationConfigurationInfo ?? [])
    .filter(({ profileManagementOperation }) => hasBit(profileManagementOperation, eventOf[operation]))
    .map(({ notificationAddress }) => notificationAddress);

/** Content of a kept notification: PendingNotification, DER. */
export const notificationContent = ({ content }: StoredNotification): Buffer =>
  Buffer.from(content, 'base64');
