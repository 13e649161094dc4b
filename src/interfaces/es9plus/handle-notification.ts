import { Asn1Error, decode, received } from '../../wire/asn1/index.js';
import type { Exchange } from '../../instruments/exchanges/index.js';
import { binary, type RequestBody } from '../json-binding/index.js';
import { PendingNotification } from '../../wire/rsp/index.js';
import type { Es9PlusContext } from './context.js';
import { handleInstallationResult } from './notifications/installation-result.js';
import { handleOtherNotification } from './notifications/other-notification.js';
import { recordUnverified } from './notifications/record.js';

/**
 * ES9+.HandleNotification (SGP.22 5.6.4). Whatever it holds, it is taken: the device deletes a notification once it has
 * been answered, so one that cannot be verified is kept, and changes nothing.
 *
 * @throws Refusal 1.3.1/2.1, 1.3.1/2.2 where the request carries no octets at all
 */
export async function handleNotification(
  context: Es9PlusContext,
  body: RequestBody,
  exchange: Exchange,
): Promise<void> {
  const octets = binary(body, 'pendingNotification');
  let notification: PendingNotification;
  try {
    notification = exchange.check('5.6.4 (1)', 'pendingNotification can be decoded', () =>
      decode(PendingNotification, octets, { lengths: 'definite' }),
    );
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    return recordUnverified(context, exchange, octets, `cannot be decoded: ${error.message}`);
  }
  if ('profileInstallationResult' in notification) {
    return handleInstallationResult(context, octets, notification.profileInstallationResult, exchange);
  }
  return handleOtherNotification(
    context,
    received(notification),
    notification.otherSignedNotification,
    exchange,
  );
}
