import { Command } from 'commander';
import { ExportQuery, type ExchangeDetails } from '../../api/index.js';
import { CliError } from '../errors.js';
import { fileToWrite, writePrivately } from '../files.js';
import { memberFlags } from '../member-flags.js';
import { print, printStatus } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import { withServer } from '../server-calls.js';
import { Capture } from './capture/capture.js';

interface ExportFlags {
  readonly output?: string;
  readonly pcapng?: boolean;
}

/** `mock-smdp session export`. */
export const exportCommand = (): Command =>
  apiFlags(
    memberFlags(
      new Command('export')
        .description(
          'Write a session, or all exchanges that the options select, to one file, for example for a bug report.',
        )
        .argument(
          '[transactionId]',
          'TransactionId of the session (default: all exchanges that the options select)',
        )
        .option('-o, --output <file>', 'file to write (default: standard output)', fileToWrite)
        .option('--pcapng', 'as packets for Wireshark and tshark, instead of JSON'),
      ExportQuery,
      { leaveOut: ['session'] },
    ),
  ).action(async (session: string | undefined, flags: ApiFlags & ExportQuery & ExportFlags) => {
    const { output, pcapng = false, ...query } = membersOf(flags);
    const { text, exchanges } = await withServer(flags, async ({ calls, last }) => ({
      ...(await calls.journal.export({ ...query, ...(session !== undefined && { session }) })),
      text: last().text,
    }));
    if (output === undefined) return pcapng ? pipe(captureOf(exchanges)) : print(text);
    // Only the owner may read the file, because it shows which device downloads which profile.
    writePrivately(output, pcapng ? captureOf(exchanges) : text);
    const many = exchanges.length === 1 ? '1 exchange is' : `${exchanges.length} exchanges are`;
    printStatus(`${many} in ${output}.`);
  });

/** The exchanges as packets, oldest first. */
function captureOf(exchanges: readonly ExchangeDetails[]): Buffer {
  const capture = new Capture();
  const packets = exchanges.map((exchange) => capture.add(exchange));
  const end = Date.parse(exchanges.at(-1)?.at ?? new Date(0).toISOString());
  return Buffer.concat([capture.head, ...packets, capture.end(end)]);
}

function pipe(octets: Buffer): void {
  if (process.stdout.isTTY)
    throw new CliError('Packets are not text. Name a file with -o, or pipe the output into Wireshark.');
  process.stdout.write(octets);
}
