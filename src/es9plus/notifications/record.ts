import { setBits } from '../../asn1/index.js';
import { iccidFromOctets, NotificationEvent, type NotificationMetadata } from '../../rsp/index.js';
import type { StoredNotification } from '../../store/index.js';
import type { Es9PlusContext } from '../context.js';

/** The one event that a notification is about, or `undefined` where it names none or several. */
export function operationOf(
  metadata: NotificationMetadata,
): 'install' | 'enable' | 'disable' | 'delete' | undefined {
  const [event, ...others] = setBits(metadata.profileManagementOperation);
  if (others.length > 0) return undefined;
  switch (event) {
    case NotificationEvent.notificationInstall:
      return 'install';
    case NotificationEvent.notificationEnable:
      return 'enable';
    case NotificationEvent.notificationDisable:
      return 'disable';
    case NotificationEvent.notificationDelete:
      return 'delete';
    default:
      return undefined;
  }
}

/** The members of a record that come from the notification itself. */
export const described = (
  metadata: NotificationMetadata,
): Pick<StoredNotification, 'iccid' | 'seqNumber' | 'operation'> => ({
  iccid: metadata.iccid ? iccidFromOctets(metadata.iccid) : null,
  seqNumber: metadata.seqNumber,
  operation: operationOf(metadata) ?? null,
});

/** Keeps a notification that nothing can be done about. */
export async function recordUnverified(
  { store, clock }: Es9PlusContext,
  octets: Buffer,
  outcome: string,
): Promise<void> {
  await store.commit([
    {
      kind: 'recordNotification',
      notification: {
        receivedAt: clock.now().getTime(),
        verified: false,
        octets,
        eid: null,
        iccid: null,
        seqNumber: null,
        operation: null,
        profileId: null,
        key: null,
        outcome,
      },
    },
  ]);
}
