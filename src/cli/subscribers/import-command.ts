import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { SubscriberImportQuery } from '../../api/index.js';
import { fileToRead } from '../files.js';
import { examples } from '../help.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { showMade } from './show.js';

/** `mock-smdp subscribers import`. */
export function importCommand(): Command {
  const command = new Command('import')
    .description(
      'Make a profile for each subscriber of a CSV. Its header names the columns: imsi, k, op or opc, iccid, msisdn, spn and more.\n' +
        'The server makes all of them or none.',
    )
    .argument('<file>', 'the list, CSV', fileToRead);
  memberFlags(command, SubscriberImportQuery);
  examples(apiFlags(command), [
    ['make a profile for each subscriber', 'subscribers import subscribers.csv --pool lab'],
    ['draw the keys that the list lacks', 'subscribers import numbers.csv --seed lab'],
    ['check the list first', 'subscribers import subscribers.csv --dry-run'],
  ]);
  return command.action((file: string, flags: ApiFlags) =>
    callApi(
      flags,
      ({ subscribers }) => subscribers.import(readFileSync(file), membersIn(flags, SubscriberImportQuery)),
      showMade,
    ),
  );
}
