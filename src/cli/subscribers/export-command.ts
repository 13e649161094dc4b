import { Command } from 'commander';
import { SubscriberExportRequest, type WrittenSubscribers } from '../../api/index.js';
import { CliError } from '../errors.js';
import { fileToWrite } from '../files.js';
import { examples } from '../help.js';
import { commandFor } from '../invocation.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { writeOnce } from '../write-once.js';

interface ExportFlags extends ApiFlags {
  readonly out?: string;
}

/** `mock-smdp subscribers export`. */
export function exportCommand(): Command {
  const command = new Command('export').description(
    'Export subscribers with their keys for a core network: documents or commands for Open5GS, user_db.csv for srsRAN,\n' +
      'JSON for free5GC, or a CSV for an HLR with keys encrypted under a transport key.',
  );
  memberFlags(command, SubscriberExportRequest);
  command.option('--out <file>', 'file to write (default: standard output)', fileToWrite);
  examples(apiFlags(command), [
    [
      'for mongoimport --db open5gs --collection subscribers',
      'subscribers export --for open5gs --out subs.json',
    ],
    ['commands for a shell', 'subscribers export --for open5gs-dbctl'],
    ['for srsEPC', 'subscribers export --for srsran --out user_db.csv'],
    [
      'for an HLR',
      'subscribers export --for hlr --transport-key 000102030405060708090a0b0c0d0e0f --out hlr.csv',
    ],
  ]);
  return command.action((flags: ExportFlags) =>
    callApi(
      flags,
      ({ subscribers }) => subscribers.export(membersIn(flags, SubscriberExportRequest)),
      (written) => write(written, flags.out),
    ),
  );
}

/** @throws CliError if no subscriber matches, so that a mistyped filter does not lead to an empty file */
function write({ file, count, leftOut }: WrittenSubscribers, out: string | undefined): void {
  if (count === 0 && leftOut.length === 0)
    throw new CliError(
      `No subscriber matches, so nothing was written. '${commandFor('subscribers', 'list')}' lists all subscribers.`,
    );
  if (out === undefined) process.stdout.write(file);
  else {
    writeOnce(out, file, 0o600);
    printStatus(`${count} subscribers written to ${out}. The file contains keys: keep it secret.`);
  }
  if (leftOut.length > 0)
    printStatus(
      `Left out: ${leftOut.length} profiles whose keys are only in their uploaded package, or whose algorithm the network does not support (the first: ${leftOut[0]}).`,
    );
}
