import { Command } from 'commander';
import { PoolView } from '../../api/index.js';
import { commandFor } from '../invocation.js';
import { memberTable } from '../member-facts.js';
import { print, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';

/** `mock-smdp pool list`. */
export function listCommand(): Command {
  const command = new Command('list').description('List pools.');
  return apiFlags(command).action((flags: ApiFlags) =>
    callApi(
      flags,
      ({ pools }) => pools.list(),
      (items) => {
        if (items.length === 0)
          return printStatus(
            `There are no pools. Create one: ${commandFor('pool', 'create', '<name>', '--count', '10')}`,
          );
        const ways = { smdpAddress: 'list for', importedAt: false, changedAt: 'imported' } as const;
        memberTable(PoolView, items, ways).forEach((line) => print(line));
      },
    ),
  );
}
