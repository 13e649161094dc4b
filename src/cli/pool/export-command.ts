import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { oneListPerProvider, splitCodes, writeCodeList } from '../../pools/list/index.js';
import { CliError } from '../errors.js';
import { examples } from '../help.js';
import { print, printable, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi, connect } from '../profile/connect.js';
import type { PoolCodes } from './api-types.js';

interface ExportFlags extends ApiFlags {
  readonly output?: string;
  readonly split?: boolean;
  readonly profileType?: string;
}

/** `mock-smdp pool export`. */
export function exportCommand(): Command {
  const command = new Command('export')
    .description('Write the codes of a pool that an MDM system can hand out, in the format of Intune.')
    .argument('<name>', 'name of the pool')
    .option('--output <file>', 'file to write (default: standard output)')
    .option('--split', 'several files of at most 1,000 codes: <file>-1.csv, <file>-2.csv …')
    .option('--profile-type <name>', 'only codes of this type: a list is for one plan');
  examples(apiFlags(command), [
    ['a list to upload', 'pool export workshop --output workshop.csv'],
    ['lists for several tenants', 'pool export workshop --split --output workshop.csv'],
  ]);
  return command.action((name: string, flags: ExportFlags) => {
    const path = ['pools', name, 'activation-codes.csv'];
    const { profileType, output } = flags;
    const query = { profileType };
    if (flags.json || flags.split)
      return callApi<PoolCodes>(
        flags,
        (api) => api.get(path, { ...query, format: 'json' }),
        (codes) => writeParts(codes, output ?? `${fileName(name)}.csv`),
      );
    return writeList(flags, path, query, output);
  });
}

async function writeList(
  flags: ExportFlags,
  path: readonly string[],
  query: { readonly profileType: string | undefined },
  output: string | undefined,
): Promise<void> {
  const { text, headers } = await connect(flags).getText(path, { ...query, format: 'csv' });
  if (output === undefined) print(text.trimEnd());
  else writeFileSync(output, text);
  const leftOut = headers.get('x-left-out') ?? '0';
  const where = output === undefined ? 'here' : `in ${output}`;
  printStatus(`${headers.get('x-codes') ?? 'Some'} codes are ${where}; left out: ${printable(leftOut)}`);
  for (const remark of (headers.get('x-remarks') ?? '').split('; ').filter(Boolean))
    printStatus(`Note: ${printable(remark)}`);
}

/** One file for each part. @throws CliError where there is nothing to write */
function writeParts({ smdpAddress, codes, leftOut, remarks }: PoolCodes, output: string): void {
  const reasons = leftOut.map(({ count, meaning }) => `${count} ${meaning}`).join(', ') || 'none';
  if (codes.length === 0) throw new CliError(`There is no code to be written; left out: ${reasons}.`);
  const parts = splitCodes(codes);
  parts.forEach((part, index) => {
    const file = parts.length === 1 ? output : output.replace(/(\.\w+)?$/, (end) => `-${index + 1}${end}`);
    writeFileSync(file, writeCodeList(smdpAddress, part));
    print(`${file}: ${part.length} codes`);
  });
  printStatus(`Left out: ${printable(reasons)}`);
  for (const remark of remarks) printStatus(`Note: ${printable(remark)}`);
  if (parts.length > 1) printStatus(`Warning: each file is for a tenant of its own; ${oneListPerProvider}.`);
}

/** A name that every file system takes. */
const fileName = (pool: string): string => pool.replace(/[^\p{L}\p{N}._ -]+/gu, '_');
