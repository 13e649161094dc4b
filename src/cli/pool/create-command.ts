import { Command } from 'commander';
import { PoolRequest } from '../../api/index.js';
import { examples } from '../help.js';
import { commandFor, shellWord } from '../invocation.js';
import { memberFlags } from '../member-flags.js';
import { print, printable, printStatus } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import { remarkLines } from '../profile/problem.js';
import { callApi } from '../server-calls.js';

/** `mock-smdp pool create`. */
export function createCommand(): Command {
  const command = new Command('create')
    .description('Create a pool of new profiles, each with its own activation code.')
    .argument('<name>', 'name of the pool');
  memberFlags(command, PoolRequest, { leaveOut: ['name'] });
  examples(apiFlags(command), [['create 50 codes for a workshop', 'pool create workshop --count 50']]);
  return command.action((name: string, flags: ApiFlags & Omit<PoolRequest, 'name'>) =>
    callApi(
      flags,
      ({ pools }) => pools.create({ name, ...membersOf(flags) }),
      ({ created, warnings }) => {
        print(`Created ${created} profiles in the pool '${printable(name)}'.`);
        warnings.flatMap(remarkLines).forEach((line) => printStatus(`Warning: ${printable(line.trim())}`));
        print(`  For an MDM system: ${commandFor('pool', 'export', shellWord(name))}`);
        print(`  To print: ${commandFor('pool', 'sheet', shellWord(name), '--output', 'sheet.html')}`);
      },
    ),
  );
}
