import { Command } from 'commander';
import { print, table } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';

/** `mock-smdp fault codes`. */
export const codesCommand = (): Command =>
  apiFlags(new Command('codes').description('List the MatchingIDs that trigger a fault.')).action(
    (flags: ApiFlags) =>
      callApi(
        flags,
        ({ faults }) => faults.codes(),
        (items) =>
          table(
            ['matchingid', 'what the server does'],
            items.map(({ form, what }) => [form, what]),
          ).forEach((line) => print(line)),
      ),
  );
