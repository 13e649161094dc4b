import { resolveConfig } from '../../server/index.js';
import { Command } from 'commander';
import { ManifestError, readManifest } from '../../manifests/index.js';
import { CliError } from '../errors.js';
import { examples } from '../help.js';
import type { LuhnCheck } from '../../wire/rsp/index.js';
import { luhnOption } from '../luhn-option.js';
import { number, print, printJson } from '../output.js';
import { progressView } from '../progress-view.js';
import { describeProgress } from './describe-progress.js';
import type { ImportEvent } from './events.js';
import { formatOption, refusalText } from './import-command.js';
import { report } from './report.js';
import { openSource, type ManifestInput } from './source.js';
import { fileOrStdin } from '../files.js';

interface ValidateFlags {
  readonly format?: 'csv' | 'ndjson';
  readonly luhn?: LuhnCheck;
  readonly seed?: string;
  readonly json?: boolean;
}

/** `mock-smdp manifest validate`. */
export function validateCommand(): Command {
  const command = new Command('validate')
    .description('Check the format, check digits and duplicates of a manifest, without a server.')
    .argument('<file>', 'the manifest, CSV or NDJSON; - for standard input', fileOrStdin)
    .addOption(formatOption())
    .addOption(luhnOption('strict'))
    .option(
      '--seed <seed>',
      'the seed that the import will use; with a seed, rows for subscribers need no keys',
    )
    .option('--json', 'as JSON');
  examples(command, [['check a file', 'manifest validate eids.csv']]);
  return command.action(async (file: string, { format, luhn, seed, json }: ValidateFlags) => {
    const source = openSource(file, format);
    const { understood, result, rejectedRows } = await report(checked(source, luhn, seed), {
      progress: progressView(describeProgress(source.size)),
      isQuiet: json === true,
    });
    if (json) printJson({ ...result, kind: undefined, understood, rejectedRows });
    if (result.outcome === 'refused') throw new CliError(refusalText(result, true));
    if (!json) print(`${number(result.rows)} rows, all correct.`);
  });
}

/** Checks a manifest, and yields the same events as an import. */
async function* checked(
  { stream, format }: ManifestInput,
  luhn: LuhnCheck = 'strict',
  seed?: string,
): AsyncGenerator<ImportEvent, void> {
  const counts = { rows: 0, added: 0, unchanged: 0, rejected: 0 };
  try {
    for await (const part of readManifest(stream as AsyncIterable<Buffer>, {
      format,
      luhn,
      drawing: { seed },
      maxLines: resolveConfig(process.env).config.manifestLines,
    })) {
      if (part.kind === 'understood') yield { kind: 'understood', ...part.understood };
      else if (part.kind === 'passedOver') yield part;
      else {
        for (const { line, problems, source } of part.rejected)
          yield { kind: 'rejected', line, problems, source: source.source };
        counts.rows += part.rows.length + part.rejected.length;
        counts.rejected += part.rejected.length;
        yield { kind: 'progress', ...counts, octets: part.octets };
      }
    }
  } catch (error) {
    throw error instanceof ManifestError ? new CliError(error.message) : error;
  }
  yield { kind: 'done', ...counts, outcome: counts.rejected > 0 ? 'refused' : 'checked' };
}
