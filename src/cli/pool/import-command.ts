import { basename } from 'node:path';
import { Command } from 'commander';
import { CodeListQuery, type ImportedPool } from '../../api/index.js';
import { examples } from '../help.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { facts, print, printable, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { beginningOf, fileToRead } from '../files.js';

/** `mock-smdp pool import`. */
export function importCommand(): Command {
  const command = new Command('import')
    .description(
      "Import a list of activation codes in Intune's format: the SM-DP+ address on the first row, ICCID,MatchingID on each further row.",
    )
    .argument('<file>', 'the list, CSV', fileToRead);
  memberFlags(command, CodeListQuery, { leaveOut: ['format', 'fileName'] });
  examples(apiFlags(command), [
    ['import a list', 'pool import codes.csv'],
    ['add codes with a longer list; known codes stay unchanged', 'pool import more-codes.csv'],
  ]);
  return command.action((file: string, flags: ApiFlags) =>
    callApi(
      flags,
      ({ pools }) =>
        pools.import(beginningOf(file, enough), {
          ...membersIn(flags, CodeListQuery),
          fileName: basename(file),
        }),
      show,
    ),
  );
}

/**
 * Maximum number of octets to send: one more than the server accepts. So the server itself refuses a longer file, and
 * explains why.
 */
const enough = 1024 * 1024 + 1;

function show({ name, smdpAddress, codes, dryRun, remarks, ...pool }: ImportedPool): void {
  const lines = facts([
    ['pool', name],
    ['SM-DP+', smdpAddress],
    ['codes', codes],
    [dryRun ? 'to be created' : 'created', pool.created],
    ['unchanged', pool.unchanged || undefined],
    ['kept', pool.kept || undefined],
    [dryRun ? 'to be deleted' : 'deleted', pool.withdrawn || undefined],
  ]);
  lines.forEach((line) => print(line));
  for (const remark of remarks) printStatus(`Note: ${printable(remark)}`);
  if (dryRun) printStatus('This was a dry run: nothing was changed.');
}
