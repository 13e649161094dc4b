import { Command } from 'commander';
import { SubscriberQuery } from '../../api/index.js';
import { examples } from '../help.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { print } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { showSubscribers } from './show.js';

/** `mock-smdp subscribers list`. */
export function listCommand(): Command {
  const command = new Command('list').description(
    'List subscribers. Keys are shown only with --secrets and --json.',
  );
  memberFlags(command, SubscriberQuery);
  examples(apiFlags(command), [['all subscribers of a pool', 'subscribers list --pool lab']]);
  return command.action((flags: ApiFlags) =>
    callApi(
      flags,
      ({ subscribers }) => subscribers.list(membersIn(flags, SubscriberQuery)),
      ({ items }) => (items.length === 0 ? print('There are no subscribers.') : showSubscribers(items)),
    ),
  );
}
