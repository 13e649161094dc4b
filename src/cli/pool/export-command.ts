import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { CodesQuery, type MdmCodesView } from '../../api/index.js';
import { oneListPerProvider, splitCodes, writeCodeList } from '../../pools/list/index.js';
import { CliError } from '../errors.js';
import { fileToWrite } from '../files.js';
import { examples } from '../help.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { print, printable, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi, withServer, type ServerConnection } from '../server-calls.js';

interface ExportFlags extends ApiFlags, CodesQuery {
  readonly output?: string;
  readonly split?: boolean;
}

/** `mock-smdp pool export`. */
export function exportCommand(): Command {
  const command = new Command('export')
    .description("Write the unused activation codes of a pool in Intune's format, for an MDM system.")
    .argument('<name>', 'name of the pool')
    .option('--output <file>', 'file to write (default: standard output)', fileToWrite)
    .option('--split', 'write files of up to 1,000 codes each: <file>-1.csv, <file>-2.csv …');
  memberFlags(command, CodesQuery, { leaveOut: ['format'] });
  examples(apiFlags(command), [
    ['write one list', 'pool export workshop --output workshop.csv'],
    ['write lists for several tenants', 'pool export workshop --split --output workshop.csv'],
  ]);
  return command.action((name: string, flags: ExportFlags) => {
    if (flags.json || flags.split)
      return callApi(
        flags,
        ({ pools }) => pools.activationCodes(name, membersIn(flags, CodesQuery)),
        (codes) => writeParts(codes, flags.output ?? `${fileName(name)}.csv`),
      );
    return withServer(flags, (connection) => writeList(connection, name, flags));
  });
}

async function writeList(
  { calls, last }: ServerConnection,
  name: string,
  { output, ...flags }: ExportFlags,
): Promise<void> {
  const text = await calls.pools.codeList(name, membersIn(flags, CodesQuery));
  const { headers } = last();
  const header = (called: string): string | undefined => headers[called]?.toString();
  if (output === undefined) print(text.trimEnd());
  else writeFileSync(output, text);
  const leftOut = header('x-left-out') ?? '0';
  const where = output === undefined ? 'standard output' : output;
  printStatus(`Wrote ${header('x-codes') ?? 'the'} codes to ${where}; omitted: ${printable(leftOut)}`);
  for (const remark of (header('x-remarks') ?? '').split('; ').filter(Boolean))
    printStatus(`Note: ${printable(remark)}`);
}

/** Writes each part to its own file. @throws CliError if the pool has no codes to write */
function writeParts({ smdpAddress, codes, leftOut, remarks }: MdmCodesView, output: string): void {
  const reasons = leftOut.map(({ count, meaning }) => `${count} ${meaning}`).join(', ') || 'none';
  if (codes.length === 0) throw new CliError(`The pool has no codes to write; omitted: ${reasons}.`);
  const parts = splitCodes(codes);
  parts.forEach((part, index) => {
    const file = parts.length === 1 ? output : output.replace(/(\.\w+)?$/, (end) => `-${index + 1}${end}`);
    writeFileSync(file, writeCodeList(smdpAddress, part));
    print(`${file}: ${part.length} codes`);
  });
  printStatus(`Omitted: ${printable(reasons)}`);
  for (const remark of remarks) printStatus(`Note: ${printable(remark)}`);
  if (parts.length > 1)
    printStatus(`Warning: upload each file to a different tenant; ${oneListPerProvider}.`);
}

/** Replaces the characters that some file systems do not allow. */
const fileName = (pool: string): string => pool.replace(/[^\p{L}\p{N}._ -]+/gu, '_');
