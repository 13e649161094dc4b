import { Command } from 'commander';
import { SubscriberRequest } from '../../api/index.js';
import { examples } from '../help.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { showMade } from './show.js';

/** `mock-smdp subscribers generate`. */
export function generateCommand(): Command {
  const command = new Command('generate').description(
    'Make subscribers with consecutive IMSIs and keys of their own.\n' +
      'The same --seed gives an IMSI the same keys. Whoever knows the seed knows the keys: it is not for production.',
  );
  memberFlags(command, SubscriberRequest);
  examples(apiFlags(command), [
    ['1,000 subscribers', 'subscribers generate --count 1000 --seed lab'],
    [
      'of the test network 999/70, with numbers',
      'subscribers generate --count 10 --imsi 999700000000001 --msisdn +99970001 --spn Lab',
    ],
  ]);
  return command.action((flags: ApiFlags) =>
    callApi(flags, ({ subscribers }) => subscribers.generate(membersIn(flags, SubscriberRequest)), showMade),
  );
}
