import type { NotificationDelivery } from '../../device/index.js';
import { commandFor } from '../invocation.js';
import { printable, printStatus } from '../output.js';

/** The delivery of a notification, for `--json`. */
export const deliveryJson = ({ error, ...delivery }: NotificationDelivery) => ({
  ...delivery,
  delivered: error === undefined,
  ...(error && { error: error.message }),
});

/** Prints which notifications were delivered and which were not. */
export function printDeliveries(deliveries: readonly NotificationDelivery[]): void {
  for (const { seqNumber, operation, address, error } of deliveries) {
    const what = `notification ${seqNumber} (${operation})`;
    if (!error) printStatus(`  ${what} delivered to ${printable(address)}`);
    else
      printStatus(
        `Warning: ${what} was not delivered to ${printable(address)}, and stays on the eUICC: ${printable(error.message)}`,
      );
  }
  if (deliveries.some(({ error }) => error)) {
    printStatus(`Try again with '${commandFor('device', 'notifications', '--send')}'.`);
  }
}
