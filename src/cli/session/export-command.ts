import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { ExportQuery } from '../../api/index.js';
import { CliError } from '../errors.js';
import { memberFlags } from '../member-flags.js';
import { print, printStatus } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import { withServer } from '../server-calls.js';

/** `mock-smdp session export`. */
export const exportCommand = (): Command =>
  apiFlags(
    memberFlags(
      new Command('export')
        .description(
          'Write sessions, or whatever the options pick, into one file, for instance for a report.',
        )
        .argument('[transactionId]', 'the session; without one, everything that the options pick')
        .option('-o, --output <file>', 'where to write it (default: standard output)'),
      ExportQuery,
      { leaveOut: ['session'] },
    ),
  ).action(async (session: string | undefined, flags: ApiFlags & ExportQuery & { output?: string }) => {
    const { output, ...query } = membersOf(flags);
    const { text, exchanges } = await withServer(flags, async ({ calls, last }) => ({
      ...(await calls.journal.export({ ...query, ...(session !== undefined && { session }) })),
      text: last().text,
    }));
    if (output === undefined) return print(text);
    write(output, text);
    const many = exchanges.length === 1 ? '1 exchange is' : `${exchanges.length} exchanges are`;
    printStatus(`${many} in ${output}.`);
  });

function write(file: string, text: string): void {
  try {
    // Readable only by its owner: the file shows which device downloads what.
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new CliError(`${file} cannot be written: ${(error as Error).message}`);
  }
}
