import type { StoredNotification, VirtualEuicc } from '../euicc/index.js';
import { LpaError } from './errors.js';
import type { Es9PlusClient } from './es9plus-client.js';

/** The delivery of one notification. */
export interface NotificationDelivery extends Pick<
  StoredNotification,
  'seqNumber' | 'operation' | 'address' | 'iccid'
> {
  /** Why the delivery failed. The eUICC then keeps the notification. `undefined` if the server accepted the notification. */
  readonly error: LpaError | undefined;
}

/**
 * Delivers the eUICC's notifications in the order of their sequence numbers (SGP.22 3.5). Removes delivered notifications from the eUICC.
 *
 * @param connectTo returns the ES9+ client for a server address
 */
export async function sendNotifications(
  euicc: VirtualEuicc,
  connectTo: (address: string) => Es9PlusClient,
): Promise<NotificationDelivery[]> {
  const deliveries: NotificationDelivery[] = [];
  for (const notification of euicc.retrieveNotificationsList()) {
    const { seqNumber, operation, address, iccid } = notification;
    const error = await deliver(connectTo(address), notification);
    if (!error) euicc.removeNotificationFromList(seqNumber);
    deliveries.push({ seqNumber, operation, address, iccid, error });
  }
  return deliveries;
}

async function deliver(
  server: Es9PlusClient,
  { content }: StoredNotification,
): Promise<LpaError | undefined> {
  try {
    await server.handleNotification(Buffer.from(content, 'base64'));
    return undefined;
  } catch (error) {
    if (error instanceof LpaError) return error;
    throw error;
  }
}
