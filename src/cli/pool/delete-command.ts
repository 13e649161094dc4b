import { Command } from 'commander';
import { print, printable } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';

/** `mock-smdp pool delete`. */
export function deleteCommand(): Command {
  const command = new Command('delete')
    .description(
      'Delete a pool and its unused profiles. Profiles that a device has downloaded stay, without a pool.',
    )
    .argument('<name>', 'name of the pool');
  return apiFlags(command).action((name: string, flags: ApiFlags) =>
    callApi(
      flags,
      ({ pools }) => pools.delete(name),
      ({ removed, kept }) => {
        print(`Deleted the pool '${printable(name)}' and ${removed} profiles.`);
        if (kept > 0) print(`Kept ${kept} profiles that devices have downloaded; they are in no pool now.`);
      },
    ),
  );
}
