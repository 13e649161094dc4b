import { Command } from 'commander';
import type { ManagedDeviceView, PolicyStatusView } from '../../api/index.js';
import type { Calls } from '../../library/calls.js';
import { MisuseError } from '../errors.js';
import { examples } from '../help.js';
import { print, printable } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { failuresIn, requireNone, type Failure } from './failures.js';
import { showStatus } from './show-status.js';

interface SyncFlags extends ApiFlags {
  readonly all?: boolean;
  readonly policy?: string;
}

/** `mock-smdp mdm sync`. */
export function syncCommand(): Command {
  const command = new Command('sync')
    .description(
      'Let devices check in: they receive their policies, apply them, and check in again to report. Exits with 1 if an activation fails.',
    )
    .argument('[device...]', 'names of devices')
    .option('--all', 'all devices that have a policy')
    .option('--policy <policy>', 'the devices of this policy');
  examples(apiFlags(command), [
    ['one device', 'mdm sync pc-01'],
    ['the devices of a policy', 'mdm sync --policy esim'],
  ]);
  return command.action(async (names: readonly string[], flags: SyncFlags) => {
    if (names.length === 0 && !flags.all && flags.policy === undefined)
      throw new MisuseError('Name devices, or give --policy or --all.');
    let failures: readonly Failure[] = [];
    await callApi(
      flags,
      async (calls) => {
        const outcome = await sync(calls, names, flags);
        failures = await failuresIn(calls, outcome.statuses, outcome.devices);
        return outcome;
      },
      ({ devices, statuses }) => {
        for (const { device, policies } of devices) {
          const words = policies.map(({ policy, activationStatus }) => `${policy}: ${activationStatus}`);
          print(`${printable(device)}  ${printable(words.join(', ')) || 'no policy'}`);
        }
        for (const status of statuses) {
          print(`Policy '${printable(status.policy)}'`);
          showStatus(status, false);
        }
      },
    );
    requireNone(failures);
  });
}

async function sync({ management }: Calls, names: readonly string[], { all, policy }: SyncFlags) {
  const devices: ManagedDeviceView[] = [];
  for (const name of names) devices.push(await management.checkIn(name));
  const policies = all ? (await management.policies()).map(({ name }) => name) : [policy ?? []].flat();
  const statuses: PolicyStatusView[] = [];
  for (const name of policies) statuses.push(await management.sync(name));
  return { devices, statuses };
}
