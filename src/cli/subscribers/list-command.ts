import { Command } from 'commander';
import { SubscriberQuery } from '../../api/index.js';
import { examples } from '../help.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { print } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { showSecrets, showSubscribers } from './show.js';

interface ListFlags extends ApiFlags {
  readonly secrets?: boolean;
}

/** `mock-smdp subscribers list`. */
export function listCommand(): Command {
  const command = new Command('list').description(
    'List subscribers. Keys, PINs and PUKs are shown only with --secrets.',
  );
  memberFlags(command, SubscriberQuery);
  examples(apiFlags(command), [
    ['all subscribers of a pool', 'subscribers list --pool lab'],
    ['with keys, PINs and PUKs', 'subscribers list --secrets --json'],
  ]);
  return command.action((flags: ListFlags) =>
    callApi(
      flags,
      ({ subscribers }) => subscribers.list(membersIn(flags, SubscriberQuery)),
      ({ items }) => {
        if (items.length === 0) print('There are no subscribers.');
        else if (flags.secrets) showSecrets(items);
        else showSubscribers(items);
      },
    ),
  );
}
