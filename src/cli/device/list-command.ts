import { Command } from 'commander';
import { print, printJson, printStatus, table } from '../output.js';
import { deviceFlags, type DeviceFlags } from './flags.js';
import { withEuicc } from './open-device.js';

/** `mock-smdp device list`. */
export function listCommand(): Command {
  const command = new Command('list').description('List the profiles on the eUICC.');
  return deviceFlags(command).action((flags: DeviceFlags) =>
    withEuicc(flags, (device) => {
      const profiles = device.profiles();
      if (flags.json) return printJson(profiles);
      if (profiles.length === 0) return printStatus(`eUICC ${device.eid} has no profile.`);
      const rows = profiles.map(
        ({ iccid, nickname, profileName, serviceProviderName, profileClass, state, isdpAid }) => [
          iccid,
          profileName,
          nickname,
          serviceProviderName,
          profileClass,
          state,
          isdpAid,
        ],
      );
      table(['iccid', 'name', 'nickname', 'provider', 'class', 'state', 'isd-p aid'], rows).forEach((line) =>
        print(line),
      );
    }),
  );
}
