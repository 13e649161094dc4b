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
    .description('Provoke a fault: which requests, which of them, and what happens.')
    .argument('[rule]', 'members of the rule as JSON; all there are stand in docs/faults.md')
    .option('--name <name>', 'a name, for the list and the log')
    .option('--next <function>', 'the next answer to that function, and no other')
    .option('--function <name>', 'only that function: authenticateClient')
    .option('--eid <eid>', 'only that EID; * stands for anything')
    .option('--matching-id <id>', 'only that MatchingID; * stands for anything')
    .option('--iccid <iccid>', 'only that ICCID; * stands for anything')
    .option('--nth <number>', 'only the nth request', wholeNumber)
    .option('--times <number>', 'how often, before it is spent', wholeNumber)
    .addOption(
      new Option('--when <when>', 'instead of handling the request, or afterwards').choices([
        'before',
        'after',
      ]),
    )
    .option('--delay <milliseconds>', 'wait', wholeNumber)
    .option('--refuse <status>', 'a status code: 8.2.6/3.8')
    .option('--message <text>', 'what goes with the refusal')
    .option('--http-status <status>', 'an HTTP status', wholeNumber)
    .option('--body <text>', 'in the place of the body')
    .option('--tls <defect>', 'what is wrong with TLS connections: expired')
    .addOption(new Option('--cut <how>', 'end the connection without an answer').choices(['close', 'reset']));
  examples(apiFlags(command), [
    ['the next answer is a refusal, once', 'fault add --next authenticateClient --refuse 8.2.6/3.8'],
    [
      'a wrong address in what the server signs',
      `fault add '{"edit": {"serverSigned1.serverAddress": "elsewhere"}}'`,
    ],
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
    // Said below.
  }
  throw new MisuseError(
    `'${json}' is no JSON object. Write for instance '{"function": "authenticateClient"}'.`,
  );
}
