import type { NotificationDelivery } from '../../device/index.js';
import { commandFor } from '../invocation.js';
import { printable, printStatus } from '../output.js';

/** What became of a notification, for scripts. */
export const deliveryJson = ({ error, ...delivery }: NotificationDelivery) => ({
  ...delivery,
  delivered: error === undefined,
  ...(error && { error: error.message }),
});

/** Says which notifications arrived and which did not. */
export function printDeliveries(deliveries: readonly NotificationDelivery[]): void {
  for (const { seqNumber, operation, address, error } of deliveries) {
    const what = `notification ${seqNumber} (${operation})`;
    if (!error) printStatus(`  ${what} delivered to ${printable(address)}`);
    else
      printStatus(
        `Warning: ${what} is kept, ${printable(address)} does not take it: ${printable(error.message)}`,
      );
  }
  if (deliveries.some(({ error }) => error)) {
    printStatus(`'${commandFor('device', 'notifications', '--send')}' tries again.`);
  }
}
