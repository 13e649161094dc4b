import { Command, Option } from 'commander';
import { MisuseError } from '../errors.js';
import { examples } from '../help.js';
import { wholeNumber } from '../numbers.js';
import { print } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../profile/connect.js';
import type { Fault } from './api-types.js';
import { describeFault } from './describe.js';

/** `mock-smdp fault add`. */
export function addCommand(): Command {
  const command = new Command('add')
    .description('Add a fault rule: the requests that it matches, and what happens to them.')
    .argument('[rule]', 'members of the rule as JSON; docs/faults.md lists them all')
    .option('--name <name>', 'name of the rule, for the list and the log')
    .option('--next <function>', 'only the next request of this function')
    .option('--function <name>', 'only this function, for example authenticateClient')
    .option('--eid <eid>', 'only this EID; * matches anything')
    .option('--matching-id <id>', 'only this MatchingID; * matches anything')
    .option('--iccid <iccid>', 'only this ICCID; * matches anything')
    .option('--nth <number>', 'only the nth matching request', wholeNumber)
    .option('--times <number>', 'how often the rule acts (default: no limit)', wholeNumber)
    .addOption(
      new Option('--when <when>', 'act instead of handling the request, or after it').choices([
        'before',
        'after',
      ]),
    )
    .option('--delay <milliseconds>', 'delay the answer', wholeNumber)
    .option('--refuse <status>', 'refuse with this status code, for example 8.2.6/3.8')
    .option('--message <text>', 'message of the refusal')
    .option('--http-status <status>', 'answer with this HTTP status', wholeNumber)
    .option('--body <text>', 'answer with this body')
    .option('--tls <defect>', 'make TLS connections defective, for example expired')
    .addOption(new Option('--cut <how>', 'end the connection without answering').choices(['close', 'reset']));
  examples(apiFlags(command), [
    ['refuse the next request', 'fault add --next authenticateClient --refuse 8.2.6/3.8'],
    ['sign a wrong server address', `fault add '{"edit": {"serverSigned1.serverAddress": "elsewhere"}}'`],
  ]);
  return command.action((json: string | undefined, flags: ApiFlags) =>
    callApi<Fault>(
      flags,
      (api) => api.post(['faults'], { ...parsed(json), ...membersOf(flags) }),
      (fault) => print(describeFault(fault)),
    ),
  );
}

function parsed(json = '{}'): object {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Refused below, like JSON that is not an object.
  }
  throw new MisuseError(
    `'${json}' is not a JSON object. Write for example '{"function": "authenticateClient"}'.`,
  );
}
