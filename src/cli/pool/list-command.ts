import { Command } from 'commander';
import { commandFor } from '../invocation.js';
import { print, printStatus, table } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../profile/connect.js';
import type { Pool } from './api-types.js';

/** `mock-smdp pool list`. */
export function listCommand(): Command {
  const command = new Command('list').description('List pools.');
  return apiFlags(command).action((flags: ApiFlags) =>
    callApi<{ items: readonly Pool[] }>(
      flags,
      (api) => api.get(['pools']),
      ({ items }) => {
        if (items.length === 0)
          return printStatus(
            `There are no pools. Create one: ${commandFor('pool', 'create', '<name>', '--count', '10')}`,
          );
        const rows = items.map(({ name, profiles, smdpAddress, changedAt }) => [
          name,
          profiles,
          smdpAddress,
          changedAt,
        ]);
        table(['name', 'profiles', 'list for', 'imported'], rows).forEach((line) => print(line));
      },
    ),
  );
}
