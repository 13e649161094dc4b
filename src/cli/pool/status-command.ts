import { Command } from 'commander';
import { DeviceStatus, type PoolStatus } from '../../api/index.js';
import { examples } from '../help.js';
import { memberTable } from '../member-facts.js';
import { facts, print } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi, withServer } from '../server-calls.js';

interface StatusFlags extends ApiFlags {
  readonly devices?: boolean;
  readonly csv?: boolean;
}

/** `mock-smdp pool status`. */
export function statusCommand(): Command {
  const command = new Command('status')
    .description("Show the deployment status of a pool's devices, with the status names of MDM systems.")
    .argument('<name>', 'name of the pool')
    .option('--devices', 'list each device, not only the counts')
    .option('--csv', 'list each device, as CSV');
  examples(apiFlags(command), [
    ['counts', 'pool status workshop'],
    ['each device', 'pool status workshop --devices'],
    ['for a spreadsheet', 'pool status workshop --csv > status.csv'],
  ]);
  return command.action(async (name: string, flags: StatusFlags) => {
    if (flags.csv && !flags.json)
      return print((await withServer(flags, ({ calls }) => calls.pools.statusList(name))).trimEnd());
    const devices = flags.devices === true || flags.json === true;
    return callApi(flags, ({ pools }) => pools.status(name, { devices }), show);
  });
}

function show({ total, counts, devices }: PoolStatus): void {
  facts([...Object.entries(counts), ['Total', total]]).forEach((line) => print(line));
  if (!devices) return;
  print();
  const ways = { matchingId: false, state: false } as const;
  memberTable(DeviceStatus, devices, ways).forEach((line) => print(line));
}
