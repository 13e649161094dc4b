import { Command, Option } from 'commander';
import { ImportQuery } from '../../api/index.js';
import { CliError } from '../errors.js';
import { examples } from '../help.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { number, print, printable, printJson } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { progressView } from '../progress-view.js';
import { ApiProblem, withServer } from '../server-calls.js';
import { describeProgress } from './describe-progress.js';
import type { Result } from './events.js';
import { RejectedFile, rejectedPath } from './rejected-file.js';
import { report, type Summary } from './report.js';
import { openSource } from './source.js';
import { upload } from './upload.js';
import { fileOrStdin, fileToWrite } from '../files.js';

interface ImportFlags extends ApiFlags, ImportQuery {
  readonly rejected?: string;
  readonly format?: 'csv' | 'ndjson';
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
      'Prepare a profile for each EID in a file. The device with that EID downloads the profile without an activation code.\n' +
        'The server imports all rows or none. Importing the same file again changes nothing.',
    )
    .argument('<file>', 'the manifest, CSV or NDJSON; - for standard input', fileOrStdin)
    .option(
      '--rejected <file>',
      'file for the wrong rows (default: <name>.rejected.csv next to the manifest)',
      fileToWrite,
    )
    .addOption(formatOption());
  memberFlags(command, ImportQuery);
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
      const summary = await withServer(flags, (connection) =>
        report(upload(connection, source, membersIn(flags, ImportQuery)), {
          progress: progressView(describeProgress(source.size)),
          isQuiet: flags.json === true,
          rejected,
        }),
      );
      show(summary, flags, rejected?.path);
    } catch (error) {
      if (flags.json && error instanceof ApiProblem) print(error.body);
      throw error;
    } finally {
      rejected?.close();
    }
  });
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
    `${stopped}Correct the wrong rows, or import only the correct rows with --skip-bad-rows.`
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
