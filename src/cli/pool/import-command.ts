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
      "Import a list of activation codes in Intune's format: the SM-DP+ address on the first row, then rows ICCID,MatchingID.",
    )
    .argument('<file>', 'the list, CSV', fileToRead)
    .addOption(
      new Option(
        '--naming <rule>',
        'name the pool after the first label of the SM-DP+ address or after the file (default: fqdn)',
      ).choices(['fqdn', 'file']),
    )
    .addOption(luhnOption('strict'))
    .option('--profile-type <name>', 'type of the profiles (default: generic)')
    .option('--label <text>', 'label of the profiles, to find them by')
    .option('--replace', 'keep codes that are missing from the list (default: refuse the list)')
    .option(
      '--withdraw-missing',
      'delete codes that are missing from the list, unless a device has downloaded them',
    )
    .option('--dry-run', 'show what would change; change nothing');
  examples(apiFlags(command), [
    ['import a list', 'pool import codes.csv'],
    ['add codes with a longer list; known codes stay unchanged', 'pool import more-codes.csv'],
  ]);
  return command.action((file: string, flags: ImportFlags) =>
    callApi<ImportedPool>(
      flags,
      (api) => api.upload(['pools'], { type: 'text/csv', octets: beginningOf(file) }, queryOf(file, flags)),
      show,
    ),
  );
}

/** One octet more than the server accepts, so that the server explains why it refuses a longer file. */
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
    [dryRun ? 'to be created' : 'created', pool.created],
    ['unchanged', pool.unchanged || undefined],
    ['kept', pool.kept || undefined],
    [dryRun ? 'to be deleted' : 'deleted', pool.withdrawn || undefined],
  ]);
  lines.forEach((line) => print(line));
  for (const remark of remarks) printStatus(`Note: ${printable(remark)}`);
  if (dryRun) printStatus('This was a dry run: nothing was changed.');
}
