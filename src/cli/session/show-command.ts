import { Command } from 'commander';
import { SecretsQuery, type SessionDetails } from '../../api/index.js';
import { memberFlags } from '../member-flags.js';
import { print, printable } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { wordLines } from '../../wire/device-words/index.js';
import { describeExchange, fit } from './describe.js';

/** `mock-smdp session show`. */
export const showCommand = (): Command =>
  apiFlags(
    memberFlags(
      new Command('show')
        .description('Show a session: every message, decoded into the fields of SGP.22, and every check.')
        .argument('<transactionId>', 'the TransactionId, hex digits'),
      SecretsQuery,
    ),
  ).action((transactionId: string, flags: ApiFlags & SecretsQuery) =>
    callApi(flags, ({ journal }) => journal.session(transactionId, membersOf(flags)), show),
  );

function show({ transactionId, outcome, whatDevicesSay, exchanges }: SessionDetails): void {
  print(`${transactionId}: ${outcome}`);
  if (whatDevicesSay) {
    print(printable(whatDevicesSay.failure));
    print('What devices say:');
    fit(wordLines(whatDevicesSay)).forEach((line) => print(`  ${line}`));
  }
  for (const exchange of exchanges) {
    print();
    fit(describeExchange(exchange)).forEach((line) => print(line));
  }
}
