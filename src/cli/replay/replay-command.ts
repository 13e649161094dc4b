import { Command, Option } from 'commander';
import { readRecording, ReplayFileError, replayRecording, type Recording } from '../../replay/index.js';
import { CliError } from '../errors.js';
import { examples } from '../help.js';
import { print, printJson, printStatus } from '../output.js';
import { describeReplayed, summaryOf } from './describe.js';
import { showRecording } from './show.js';
import { contentOfStdin } from './stdin.js';
import { fileOrStdin } from '../files.js';

interface ReplayFlags {
  readonly session?: string;
  readonly json?: boolean;
  readonly show?: boolean;
}

/** `mock-smdp replay`. */
export function replayCommand(): Command {
  const command = new Command('replay')
    .description(
      'Replay a file of exchanges, and compare the answers of this build with the recorded answers.',
    )
    .argument('<file>', "file from 'session export'; - for standard input", fileOrStdin)
    .option('--session <transactionId>', 'only this session')
    .option('--json', 'the report as JSON')
    .addOption(new Option('--show', 'show the conversation without replaying it').conflicts('json'))
    .addHelpText(
      'after',
      '\nThe command sends nothing over the network, and needs no key of the recorded server.\nExit codes: 0 all answers are the same, 1 some answers differ, 2 the file cannot be replayed.',
    )
    .action(async (file: string, flags: ReplayFlags) => {
      const recording = await readRecording(file === '-' ? await contentOfStdin() : file);
      if (flags.show) showRecording(recording, flags.session);
      else await printReport(recording, flags);
    });
  return examples(command, [
    ['check whether all answers are still the same', 'replay report.json'],
    ['show the recorded conversation', 'replay --show report.json'],
  ]);
}

/** @throws CliError if an answer differs; ReplayFileError if no exchange of the file was replayed */
async function printReport(recording: Recording, { session, json = false }: ReplayFlags): Promise<void> {
  const report = await replayRecording(recording, {
    session,
    ...(!json && { told: (exchange) => describeReplayed(exchange).forEach((line) => print(line)) }),
  });
  if (json) printJson(report);
  const summary = summaryOf(report);
  if (report.counts.different > 0) throw new CliError(summary);
  if (report.counts.same === 0) throw new ReplayFileError(summary);
  printStatus(summary);
}
