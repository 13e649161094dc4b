import { Command } from 'commander';
import { examples } from '../help.js';
import { commandFor, shellWord } from '../invocation.js';
import { wholeNumber } from '../numbers.js';
import { print, printable, printStatus } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import type { CreatedProfile } from '../profile/api-types.js';
import { callApi } from '../profile/connect.js';
import { remarkLines } from '../profile/problem.js';

/** `mock-smdp pool create`. */
export function createCommand(): Command {
  const command = new Command('create')
    .description('Create a pool of new profiles, each with its own activation code.')
    .argument('<name>', 'name of the pool')
    .requiredOption('--count <number>', 'number of profiles', wholeNumber)
    .option('--profile-type <name>', 'type of the profiles (default: generic)')
    .option('--confirmation-code <code>', 'code that the end user must enter (default: none)')
    .option('--download-attempts <number>', 'how many downloads may start (default: no limit)', wholeNumber)
    .option('--valid-until <instant>', 'for example 2030-01-31T12:00:00Z (default: no end)')
    .option('--reuse <policy>', 'once, per-device or unlimited (default: once)')
    .option('--operator <id>', 'operator that owns the profiles (default: none)')
    .option('--label <text>', 'label of the profiles, to find them by');
  examples(apiFlags(command), [['create 50 codes for a workshop', 'pool create workshop --count 50']]);
  return command.action((name: string, flags: ApiFlags & { count: number }) =>
    callApi<Pick<CreatedProfile, 'warnings'> & { created: number }>(
      flags,
      (api) => api.post(['pools'], { name, ...membersOf(flags) }),
      ({ created, warnings }) => {
        print(`Created ${created} profiles in the pool '${printable(name)}'.`);
        warnings.flatMap(remarkLines).forEach((line) => printStatus(`Warning: ${printable(line.trim())}`));
        print(`  For an MDM system: ${commandFor('pool', 'export', shellWord(name))}`);
        print(`  To print: ${commandFor('pool', 'sheet', shellWord(name), '--output', 'sheet.html')}`);
      },
    ),
  );
}
