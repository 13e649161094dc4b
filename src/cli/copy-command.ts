import { Command } from 'commander';
import { resolveConfig } from '../server/index.js';
import { copyDatabase, type CopyReport, type CopyStep } from '../store/index.js';
import { MisuseError } from './errors.js';
import { examples } from './help.js';
import { number, print, printJson, table } from './output.js';
import { progressView, type Progress } from './progress-view.js';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly whileRunning?: boolean;
  readonly restart?: boolean;
  readonly json?: boolean;
}

/** `mock-smdp copy`: copies a database to another engine, or to another place. */
export function copyCommand(): Command {
  const command = new Command('copy')
    .description(
      'Copy a database, for example from SQLite to PostgreSQL. If the copy is interrupted, the same command continues it. At the end, the command compares all rows of source and target.',
    )
    .requiredOption('--from <file or url>', 'the source: a SQLite file or postgres://…')
    .requiredOption('--to <file or url>', 'the target: empty, or an unfinished copy of the same source')
    .option(
      '--while-running',
      'copy although a server is using the source; the copy lacks changes that the server makes meanwhile',
    )
    .option('--restart', 'discard an unfinished copy in the target, and begin again')
    .option('--json', 'as JSON');
  examples(command, [
    [
      'from the default SQLite file to PostgreSQL',
      "copy --from data/smdp.db --to 'postgres://smdp:secret@db/smdp'",
    ],
    ['and back', "copy --from 'postgres://smdp:secret@db/smdp' --to data/copy.db"],
  ]);
  return command.action(async ({ from, to, json, ...options }: Options) => {
    for (const database of [from, to]) {
      resolveConfig(process.env, { database });
      if (database === ':memory:')
        throw new MisuseError('A database in memory cannot be copied; give a file or postgres://…');
    }
    const view = progressView(describeProgress);
    try {
      const report = await copyDatabase(from, to, { ...options, report: (step) => view.update(step) });
      view.clear();
      if (json) printJson({ ...report, rows: totalOf(report) });
      else for (const line of inWords(report)) print(line);
    } finally {
      view.clear();
    }
  });
}

/** Each row counts twice, because it is copied and then verified. */
export const describeProgress = ({ doing, table: name, done, total }: CopyStep): Progress => ({
  text: `${doing} ${name}, ${number(done)} of ${number(total)} steps`,
  done,
  total,
});

const totalOf = ({ tables }: CopyReport): number => tables.reduce((sum, { rows }) => sum + rows, 0);

function inWords(report: CopyReport): string[] {
  const { from, to, outcome, resumed, tables } = report;
  const filled = tables.filter(({ rows }) => rows > 0);
  const cells = filled.map(({ table: name, rows, checksum }) => [name, number(rows), checksum.slice(0, 16)]);
  const total = number(totalOf(report));
  return [
    ...(filled.length > 0 ? [...table(['table', 'rows', 'checksum'], cells), ''] : []),
    ...(resumed > 0 ? [`Continued after ${number(resumed)} rows that were copied before.`] : []),
    outcome === 'same'
      ? `${to} already had the same ${total} rows as ${from}. Nothing to do.`
      : `Copied ${total} rows from ${from} to ${to}. All counts and checksums agree.`,
  ];
}
