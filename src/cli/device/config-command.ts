import { Command } from 'commander';
import type { ConfiguredAddresses } from '../../device/index.js';
import { addresses, addressOrNone } from '../addresses.js';
import { examples } from '../help.js';
import { facts, print, printJson } from '../output.js';
import { deviceFlags, type DeviceFlags } from './flags.js';
import { changingEuicc, withEuicc } from './open-device.js';

interface ConfigFlags extends DeviceFlags {
  readonly defaultSmdp?: string;
  readonly rootSmds?: readonly string[];
}

/** `mock-smdp device config`. */
export function configCommand(): Command {
  const command = new Command('config')
    .description(
      'Show or set the servers in the eUICC: the default SM-DP+ and the SM-DSs that `device discover` asks.',
    )
    .option('--default-smdp <address>', "default SM-DP+, host or host:port; '' removes it", addressOrNone)
    .option(
      '--root-smds <address>',
      "root SM-DS, host or host:port; may be repeated; '' removes all",
      addresses(addressOrNone),
    );
  examples(deviceFlags(command), [
    ['show the servers', 'device config'],
    ['set the default SM-DP+', 'device config --default-smdp localhost:8443'],
  ]);
  return command.action((flags: ConfigFlags) => {
    const addresses = addressesIn(flags);
    const open = Object.keys(addresses).length > 0 ? changingEuicc : withEuicc;
    return open(flags, (device) => {
      device.configure(addresses);
      const { defaultSmdpAddress, rootSmdsAddresses } = device.configuredAddresses();
      if (flags.json) return printJson({ defaultSmdpAddress: defaultSmdpAddress ?? null, rootSmdsAddresses });
      const lines = facts([
        ['default SM-DP+', defaultSmdpAddress ?? ''],
        ['root SM-DS', rootSmdsAddresses.join(', ')],
      ]);
      lines.forEach((line) => print(line));
    });
  });
}

function addressesIn({ defaultSmdp, rootSmds }: ConfigFlags): Partial<ConfiguredAddresses> {
  return {
    ...(defaultSmdp !== undefined && { defaultSmdpAddress: defaultSmdp }),
    ...(rootSmds && { rootSmdsAddresses: rootSmds.filter((value) => value !== '') }),
  };
}
