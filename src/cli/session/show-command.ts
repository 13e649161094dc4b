import { Command } from 'commander';
import { print } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../profile/connect.js';
import type { SessionDetails } from './api-types.js';
import { describeExchange, fit } from './describe.js';

/** `mock-smdp session show`. */
export const showCommand = (): Command =>
  apiFlags(
    new Command('show')
      .description('Show a session: every message in the fields of SGP.22, and every check.')
      .argument('<transactionId>', 'the TransactionId, hex digits')
      .option('--secrets', 'confirmation codes, one-time private keys and session keys too'),
  ).action((transactionId: string, { secrets = false, ...flags }: ApiFlags & { secrets?: boolean }) =>
    callApi<SessionDetails>(
      flags,
      (api) => api.get(['sessions', transactionId], { secrets: String(secrets) }),
      show,
    ),
  );

function show({ transactionId, outcome, exchanges }: SessionDetails): void {
  print(`${transactionId}: ${outcome}`);
  for (const exchange of exchanges) {
    print();
    fit(describeExchange(exchange)).forEach((line) => print(line));
  }
}
