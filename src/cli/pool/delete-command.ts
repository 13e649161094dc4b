import { Command } from 'commander';
import { print, printable } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../profile/connect.js';

/** `mock-smdp pool delete`. */
export function deleteCommand(): Command {
  const command = new Command('delete')
    .description('Delete a pool: profiles that nobody has downloaded go, the others stay, in no pool.')
    .argument('<name>', 'name of the pool');
  return apiFlags(command).action((name: string, flags: ApiFlags) =>
    callApi<{ removed: number; kept: number }>(
      flags,
      (api) => api.delete(['pools', name]),
      ({ removed, kept }) => {
        print(`The pool '${printable(name)}' is gone, and ${removed} profiles with it.`);
        if (kept > 0) print(`${kept} profiles that devices have or had stay, in no pool.`);
      },
    ),
  );
}
