import { Command } from 'commander';
import type { StoredNotification, VirtualDevice } from '../../device/index.js';
import { CliError } from '../errors.js';
import { print, printJson, printStatus, table } from '../output.js';
import { deliveryJson, printDeliveries } from './deliveries.js';
import { explained } from './fail.js';
import { serverFlags, type ServerFlags } from './flags.js';
import { withDevice, withEuicc } from './open-device.js';

interface NotificationFlags extends ServerFlags {
  readonly send?: boolean;
}

/** `mock-smdp device notifications`. */
export function notificationsCommand(): Command {
  const command = new Command('notifications')
    .description('List or deliver the undelivered notifications.')
    .option('--send', 'deliver them in the order of their sequence numbers');
  return serverFlags(command).action((flags: NotificationFlags) =>
    flags.send
      ? withDevice(flags, (device) => explained(flags, () => send(device, flags)))
      : withEuicc(flags, (device) => list(device, flags)),
  );
}

function list(device: VirtualDevice, { json }: NotificationFlags): void {
  const waiting = device.notifications();
  if (json) return printJson(waiting);
  if (waiting.length === 0) return printStatus('There are no undelivered notifications.');
  const row = ({ seqNumber, operation, iccid, address }: StoredNotification) => [
    seqNumber,
    operation,
    iccid,
    address,
  ];
  table(['number', 'operation', 'iccid', 'address'], waiting.map(row)).forEach((line) => print(line));
}

async function send(device: VirtualDevice, { json }: NotificationFlags): Promise<void> {
  const deliveries = await device.sendNotifications();
  if (json) printJson(deliveries.map(deliveryJson));
  printDeliveries(deliveries);
  if (deliveries.length === 0) printStatus('There are no undelivered notifications.');
  const failed = deliveries.filter(({ error }) => error).length;
  if (failed > 0) throw new CliError(`${failed} of ${deliveries.length} notifications were not delivered.`);
}
