import { Command, Option } from 'commander';
import { CliError } from '../errors.js';
import { examples } from '../help.js';
import type { LuhnCheck } from '../../wire/rsp/index.js';
import { luhnOption } from '../luhn-option.js';
import { print, printable, printJson } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { connect } from '../profile/connect.js';
import { ApiProblem } from '../profile/control-api.js';
import type { Result } from './events.js';
import { number, progressView } from './progress-view.js';
import { RejectedFile, rejectedPath } from './rejected-file.js';
import { report, type Summary } from './report.js';
import { openSource } from './source.js';
import { upload } from './upload.js';
import { fileOrStdin } from '../files.js';

interface ImportFlags extends ApiFlags {
  readonly dryRun?: boolean;
  readonly skipBadRows?: boolean;
  readonly rejected?: string;
  readonly format?: 'csv' | 'ndjson';
  readonly luhn?: LuhnCheck;
  readonly profileType?: string;
  readonly pool?: string;
  readonly label?: string;
}

export const formatOption = (): Option =>
  new Option(
    '--format <format>',
    'format of the file (default: detected from the file name and the first character)',
  ).choices(['csv', 'ndjson']);

/** `mock-smdp manifest import`. */
export function importCommand(): Command {
  const command = new Command('import')
    .description(
      'Prepare a profile for each EID in a file. The device with that EID downloads it without an activation code.\n' +
        'Either all rows are imported or none. Importing the same file again changes nothing.',
    )
    .argument('<file>', 'the manifest, CSV or NDJSON; - for standard input', fileOrStdin)
    .option('--dry-run', 'show how the server reads the file, and check it; import nothing')
    .option('--skip-bad-rows', 'import the correct rows, and write the wrong ones to a file')
    .option(
      '--rejected <file>',
      'file for the wrong rows (default: <name>.rejected.csv next to the manifest)',
    )
    .addOption(formatOption())
    .addOption(luhnOption('strict'))
    .option('--profile-type <name>', 'profile type for rows without one (default: generic)')
    .option('--pool <name>', 'pool for rows without one')
    .option('--label <text>', 'label for rows without one');
  examples(apiFlags(command), [
    ['check the file first', 'manifest import eids.csv --dry-run'],
    ['import all rows or none', 'manifest import eids.csv --pool sales'],
    [
      'import the correct rows; the others go to eids.rejected.csv',
      'manifest import eids.csv --skip-bad-rows',
    ],
  ]);
  return command.action(async (file: string, flags: ImportFlags) => {
    const isSplit = flags.skipBadRows === true && flags.dryRun !== true;
    const rejected = isSplit ? new RejectedFile(flags.rejected ?? rejectedPath(file)) : undefined;
    const source = openSource(file, flags.format);
    try {
      const summary = await report(upload(connect(flags), source, queryOf(flags)), {
        progress: progressView(source.size),
        isQuiet: flags.json === true,
        rejected,
      });
      show(summary, flags, rejected?.path);
    } catch (error) {
      if (flags.json && error instanceof ApiProblem) print(error.body);
      throw error;
    } finally {
      rejected?.close();
    }
  });
}

function queryOf({
  dryRun,
  skipBadRows,
  luhn,
  profileType,
  pool,
  label,
}: ImportFlags): Record<string, string> {
  return {
    ...(dryRun && { dryRun: 'true' }),
    ...(skipBadRows && { skipBadRows: 'true' }),
    ...(luhn !== undefined && { luhn }),
    ...(profileType !== undefined && { profileType }),
    ...(pool !== undefined && { pool }),
    ...(label !== undefined && { label }),
  };
}

function show(
  { understood, result, rejectedRows }: Summary,
  { json, dryRun }: ImportFlags,
  rejectedFile: string | undefined,
): void {
  const wasSplit = rejectedFile !== undefined && result.rejected > 0;
  if (json)
    printJson({ ...result, kind: undefined, understood, rejectedRows, ...(wasSplit && { rejectedFile }) });
  if (result.outcome === 'refused') throw new CliError(refusalText(result, dryRun === true));
  if (json) return;
  print(summaryText(result));
  if (wasSplit)
    print(
      `${number(result.rejected)} rows were rejected. Correct them in ${printable(rejectedFile)}, and import that file.`,
    );
}

export function refusalText({ rows, rejected, stoppedAfterLine }: Result, isDryRun: boolean): string {
  const stopped =
    stoppedAfterLine === undefined
      ? ''
      : `The server stopped reading after line ${number(stoppedAfterLine)}.\n`;
  return (
    `${isDryRun ? 'Nothing would be imported' : 'Nothing was imported'}: ${number(rejected)} of ${number(rows)} rows are wrong.\n` +
    `${stopped}Correct them, or import the correct rows with --skip-bad-rows.`
  );
}

function summaryText({ outcome, rows, added, unchanged }: Result): string {
  const counts = `${number(added)} new, ${number(unchanged)} already imported`;
  if (outcome === 'checked')
    return `${number(rows)} rows: ${counts}. This was a dry run: nothing was imported.`;
  if (outcome === 'unchanged' && unchanged === 0) return 'Nothing was imported: no row is correct.';
  if (outcome === 'unchanged') return `Nothing changed: all ${number(unchanged)} rows were already imported.`;
  return `${number(rows)} rows imported: ${counts}.`;
}
