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
    'Make subscribers with consecutive IMSIs, each with its own keys.\n' +
      'With the same --seed, an IMSI always gets the same keys. Anyone who knows the seed can compute the keys: never use them in production.',
  );
  memberFlags(command, SubscriberRequest);
  examples(apiFlags(command), [
    ['1,000 subscribers', 'subscribers generate --count 1000 --seed lab'],
    [
      'in the test network 999/70, with phone numbers',
      'subscribers generate --count 10 --imsi 999700000000001 --msisdn +99970001 --spn Lab',
    ],
  ]);
  return command.action((flags: ApiFlags) =>
    callApi(flags, ({ subscribers }) => subscribers.generate(membersIn(flags, SubscriberRequest)), showMade),
  );
}
