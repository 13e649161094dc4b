import { Command } from 'commander';
import { print, table } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../profile/connect.js';
import type { MagicCodes } from './api-types.js';

/** `mock-smdp fault codes`. */
export const codesCommand = (): Command =>
  apiFlags(new Command('codes').description('List the MatchingIDs that trigger a fault.')).action(
    (flags: ApiFlags) =>
      callApi<MagicCodes>(
        flags,
        (api) => api.get(['faults', 'codes']),
        ({ items }) =>
          table(
            ['matchingid', 'what the server does'],
            items.map(({ form, what }) => [form, what]),
          ).forEach((line) => print(line)),
      ),
  );
