import type { StoredNotification, VirtualEuicc } from '../euicc/index.js';
import { LpaError } from './errors.js';
import type { Es9PlusClient } from './es9plus-client.js';

/** What became of one notification. */
export interface NotificationDelivery extends Pick<
  StoredNotification,
  'seqNumber' | 'operation' | 'address' | 'iccid'
> {
  /** Absent when the server has it and the eUICC has removed it; else it waits for the next time. */
  readonly error: LpaError | undefined;
}

/**
 * Delivers what the eUICC has kept, in the order of sequence numbers (SGP.22 3.5), and removes what was taken.
 *
 * @param connectTo gives ES9+ of the server with this address
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
