import { setBits } from '../../../wire/asn1/index.js';
import type { Exchange } from '../../../instruments/exchanges/index.js';
import { iccidFromOctets, NotificationEvent, type NotificationMetadata } from '../../../wire/rsp/index.js';
import type { StoredNotification } from '../../../store/index.js';
import type { Es9PlusContext } from '../context.js';

/** An event that a notification can be about. */
export type Operation = 'install' | 'enable' | 'disable' | 'delete';

const operations: ReadonlyMap<number, Operation> = new Map([
  [NotificationEvent.notificationInstall, 'install'],
  [NotificationEvent.notificationEnable, 'enable'],
  [NotificationEvent.notificationDisable, 'disable'],
  [NotificationEvent.notificationDelete, 'delete'],
]);

/** The one event that a notification is about, or `undefined` where it names none or several. */
export function operationOf(metadata: NotificationMetadata): Operation | undefined {
  const [event, ...others] = setBits(metadata.profileManagementOperation);
  return event === undefined || others.length > 0 ? undefined : operations.get(event);
}

/** The events that a notification names, in words: `enable and disable`. */
export const eventsOf = (metadata: NotificationMetadata): string[] =>
  setBits(metadata.profileManagementOperation).map((event) => operations.get(event) ?? `bit ${event}`);

/** The members of a record that come from the notification itself. */
export const described = (
  metadata: NotificationMetadata,
): Pick<StoredNotification, 'iccid' | 'seqNumber' | 'operation'> => ({
  iccid: metadata.iccid ? iccidFromOctets(metadata.iccid) : null,
  seqNumber: metadata.seqNumber,
  operation: operationOf(metadata) ?? null,
});

/** Keeps a notification that nothing can be done about. @param outcome why not */
export async function recordUnverified(
  { store, clock }: Es9PlusContext,
  exchange: Exchange,
  octets: Buffer,
  outcome: string,
): Promise<void> {
  exchange.noteNotification({ verified: false, outcome });
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
