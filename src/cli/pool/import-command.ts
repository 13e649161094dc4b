import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { examples } from '../help.js';
import type { LuhnCheck } from '../../wire/rsp/index.js';
import { luhnOption } from '../luhn-option.js';
import { facts, print, printable, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../profile/connect.js';
import type { ImportedPool } from './api-types.js';
import { fileToRead } from '../files.js';

interface ImportFlags extends ApiFlags {
  readonly naming?: 'fqdn' | 'file';
  readonly luhn?: LuhnCheck;
  readonly profileType?: string;
  readonly label?: string;
  readonly replace?: boolean;
  readonly withdrawMissing?: boolean;
  readonly dryRun?: boolean;
}

/** `mock-smdp pool import`. */
export function importCommand(): Command {
  const command = new Command('import')
    .description(
      'Import a list of activation codes as Intune takes it: the SM-DP+ address on the first row, then ICCID,MatchingID.',
    )
    .argument('<file>', 'the list, CSV', fileToRead)
    .addOption(
      new Option('--naming <rule>', 'what the pool is called after (default: fqdn, its first label)').choices(
        ['fqdn', 'file'],
      ),
    )
    .addOption(luhnOption('strict'))
    .option('--profile-type <name>', 'type of the profiles (default: generic)')
    .option('--label <text>', 'text to find the profiles by')
    .option('--replace', 'codes that the list lacks stay as they are (default: such a list is refused)')
    .option('--withdraw-missing', 'codes that the list lacks go, where nobody has downloaded them')
    .option('--dry-run', 'only tell what would be done');
  examples(apiFlags(command), [
    ['a first list', 'pool import codes.csv'],
    ['the list with further codes; those that are installed stay so', 'pool import more-codes.csv'],
  ]);
  return command.action((file: string, flags: ImportFlags) =>
    callApi<ImportedPool>(
      flags,
      (api) => api.upload(['pools'], { type: 'text/csv', octets: beginningOf(file) }, queryOf(file, flags)),
      show,
    ),
  );
}

/** More than the server takes: it says what is the matter with a file of that size. */
const enough = 1024 * 1024 + 1;

function beginningOf(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const octets = Buffer.alloc(enough);
    let length = 0;
    for (let read = -1; read !== 0 && length < enough; length += read)
      read = readSync(descriptor, octets, length, enough - length, null);
    return octets.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

function queryOf(file: string, flags: ImportFlags): Record<string, string> {
  const { naming, luhn, profileType, label, replace, withdrawMissing, dryRun } = flags;
  return {
    format: 'intune',
    fileName: basename(file),
    ...(naming !== undefined && { naming }),
    ...(luhn !== undefined && { luhn }),
    ...(profileType !== undefined && { profileType }),
    ...(label !== undefined && { label }),
    ...(replace && { replace: 'true' }),
    ...(withdrawMissing && { withdrawMissing: 'true' }),
    ...(dryRun && { dryRun: 'true' }),
  };
}

function show({ name, smdpAddress, codes, dryRun, remarks, ...pool }: ImportedPool): void {
  const lines = facts([
    ['pool', name],
    ['SM-DP+', smdpAddress],
    ['codes', codes],
    [dryRun ? 'to be made' : 'made', pool.created],
    ['unchanged', pool.unchanged || undefined],
    ['kept', pool.kept || undefined],
    [dryRun ? 'to be withdrawn' : 'withdrawn', pool.withdrawn || undefined],
  ]);
  lines.forEach((line) => print(line));
  for (const remark of remarks) printStatus(`Note: ${printable(remark)}`);
  if (dryRun) printStatus('Nothing was done: this was a dry run.');
}
