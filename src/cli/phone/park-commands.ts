import { Command } from 'commander';
import { DeviceView, type DeviceDetails, type DeviceRequest, UserChange } from '../../api/index.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { memberFacts, memberTable } from '../member-facts.js';
import { print, printable, printStatus, table } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { operationLines } from './operation.js';

/** Help text of the argument that names a device. */
export const phoneArgument = 'name or EID of the device';

type MakeFlags = ApiFlags &
  UserChange & {
    readonly platform?: DeviceRequest['platform'];
    readonly eid?: string;
    readonly defaultSmdpAddress?: string;
  };

/** `mock-smdp phone make`. */
export function makeCommand(): Command {
  const command = new Command('make')
    .description('Make a virtual device.')
    .argument('[name]', 'name of the device (default: the platform and a number)')
    .option('--platform <platform>', 'plain, phone, windows, apple or android (default: plain)')
    .option('--eid <eid>', 'EID of the device, 32 digits (default: a new EID)')
    .option('--confirmation-code <code>', 'the code that the user types if a server requires one')
    .option('--default-smdp-address <host:port>', 'the default SM-DP+ on its eUICC');
  return apiFlags(memberFlags(command, UserChange)).action((name: string | undefined, flags: MakeFlags) => {
    const { platform, eid, defaultSmdpAddress } = flags;
    const user = membersIn(flags, UserChange);
    return callApi(
      flags,
      ({ devices }) => devices.create({ name, platform, eid, defaultSmdpAddress, user }),
      (device) => print(`${printable(device.name)}: EID ${device.eid}`),
    );
  });
}

const rowFormats = {
  operation: ({ operation }: DeviceView) => operation && `${operation.action}: ${operation.state}`,
  profiles: ({ profiles }: DeviceView) => profiles.length,
  waitingNotifications: 'notifications',
  defaultSmdpAddress: false,
  rootSmdsAddresses: false,
  madeAt: false,
  user: false,
} as const;

/** `mock-smdp phone list`. */
export function listCommand(): Command {
  const command = new Command('list').description("List the virtual devices in the server's process.");
  return apiFlags(command).action((flags: ApiFlags) =>
    callApi(
      flags,
      ({ devices }) => devices.list(),
      (devices) => {
        if (devices.length === 0) return printStatus('There are no devices.');
        return memberTable(DeviceView, devices, rowFormats).forEach((line) => print(line));
      },
    ),
  );
}

/** `mock-smdp phone show`. */
export function showCommand(): Command {
  const command = new Command('show')
    .description('Show a device with its profiles and its last operation, step by step.')
    .argument('<phone>', phoneArgument);
  return apiFlags(command).action((phone: string, flags: ApiFlags) =>
    callApi(flags, ({ devices }) => devices.get(phone), showDevice),
  );
}

function showDevice(device: DeviceDetails): void {
  const facts = memberFacts(DeviceView, device, {
    operation: false,
    profiles: false,
    user: ({ user }) => [['the user says', user.consent]],
    rootSmdsAddresses: ({ rootSmdsAddresses }) => [['SM-DS', rootSmdsAddresses.join(', ')]],
  });
  facts.forEach((line) => print(line));
  print();
  print('Profiles');
  const rows = device.profiles.map(({ iccid, nickname, profileName, serviceProviderName, state }) => [
    ...[iccid, nickname, profileName, serviceProviderName, state],
  ]);
  const lines =
    rows.length === 0 ? ['none'] : table(['iccid', 'nickname', 'name', 'provider', 'state'], rows);
  lines.forEach((line) => print(`  ${line}`));
  const last = device.operations.at(-1);
  if (!last) return;
  print();
  operationLines(last, device.name).forEach((line) => print(line));
}

/** `mock-smdp phone remove`. */
export function removeCommand(): Command {
  const command = new Command('remove')
    .description(
      'Remove a device with everything on it. If an operation of the device is running, this operation fails.',
    )
    .argument('<phone>', phoneArgument);
  return apiFlags(command).action((phone: string, flags: ApiFlags) =>
    callApi(
      flags,
      ({ devices }) => devices.delete(phone),
      () => print(`Removed ${printable(phone)}.`),
    ),
  );
}
