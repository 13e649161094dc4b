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
    .description('Make a pool of new profiles, each with an activation code of its own.')
    .argument('<name>', 'name of the pool')
    .requiredOption('--count <number>', 'how many', wholeNumber)
    .option('--profile-type <name>', 'type of the profiles (default: generic)')
    .option('--confirmation-code <code>', 'what the end user has to enter (default: none)')
    .option('--download-attempts <number>', 'downloads that may be begun (default: no limit)', wholeNumber)
    .option('--valid-until <instant>', 'for instance 2030-01-31T12:00:00Z (default: for ever)')
    .option('--reuse <policy>', 'once, per-device or unlimited (default: once)')
    .option('--operator <id>', 'operator that owns them (default: nobody)')
    .option('--label <text>', 'text to find them by');
  examples(apiFlags(command), [['50 codes for a workshop', 'pool create workshop --count 50']]);
  return command.action((name: string, flags: ApiFlags & { count: number }) =>
    callApi<Pick<CreatedProfile, 'warnings'> & { created: number }>(
      flags,
      (api) => api.post(['pools'], { name, ...membersOf(flags) }),
      ({ created, warnings }) => {
        print(`Made ${created} profiles in the pool '${printable(name)}'.`);
        warnings.flatMap(remarkLines).forEach((line) => printStatus(`Warning: ${printable(line.trim())}`));
        print(`  For an MDM system: ${commandFor('pool', 'export', shellWord(name))}`);
        print(`  On paper: ${commandFor('pool', 'sheet', shellWord(name), '--output', 'sheet.html')}`);
      },
    ),
  );
}
