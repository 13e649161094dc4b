import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { CliError } from '../errors.js';
import { print, printStatus } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import { connect } from '../profile/connect.js';

interface ExportFlags extends ApiFlags {
  readonly output?: string;
  readonly secrets?: boolean;
}

/** `mock-smdp session export`. */
export const exportCommand = (): Command =>
  apiFlags(
    new Command('export')
      .description('Write sessions, or whatever the options pick, into one file, for instance for a report.')
      .argument('[transactionId]', 'the session; without one, everything that the options pick')
      .option('-o, --output <file>', 'where to write it (default: standard output)')
      .option('--eid <eid>', 'only exchanges with this EID')
      .option('--matching-id <id>', 'only those for this MatchingID')
      .option('--iccid <iccid>', 'only those for this ICCID')
      .option('--function <name>', 'only those of this function')
      .option('--result <result>', 'only those that ended so: Executed-Success, 8.2.6/3.8')
      .option('--secrets', 'confirmation codes, one-time private keys and session keys too'),
  ).action(async (session: string | undefined, flags: ExportFlags) => {
    const { output, secrets, ...query } = membersOf(flags);
    const { text } = await connect(flags).getText(['exchanges', 'export'], {
      ...query,
      session,
      ...(secrets && { secrets: 'true' }),
    });
    if (output === undefined) return print(text);
    write(output, text);
    const { exchanges } = JSON.parse(text) as { exchanges: readonly unknown[] };
    const many = exchanges.length === 1 ? '1 exchange is' : `${exchanges.length} exchanges are`;
    printStatus(`${many} in ${output}.`);
  });

function write(file: string, text: string): void {
  try {
    // Only for its owner: it shows who downloads what.
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new CliError(`${file} cannot be written: ${(error as Error).message}`);
  }
}
