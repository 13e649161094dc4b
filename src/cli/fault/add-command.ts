import { Command } from 'commander';
import { FaultRule } from '../../api/index.js';
import { MisuseError } from '../errors.js';
import { examples } from '../help.js';
import { memberFlags } from '../member-flags.js';
import { print } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { describeFault } from './describe.js';

/** `mock-smdp fault add`. */
export function addCommand(): Command {
  const command = new Command('add')
    .description(
      'Add a fault rule. A rule says which requests it matches, and how the server then misbehaves.',
    )
    .argument('[rule]', 'members of the rule as JSON; docs/faults.md lists all members');
  memberFlags(command, FaultRule);
  examples(apiFlags(command), [
    ['refuse the next request', 'fault add --next authenticateClient --refuse 8.2.6/3.8'],
    ['sign a wrong server address', `fault add '{"edit": {"serverSigned1.serverAddress": "elsewhere"}}'`],
  ]);
  return command.action((json: string | undefined, flags: ApiFlags) =>
    callApi(
      flags,
      ({ faults }) => faults.add({ ...parsed(json), ...membersOf(flags) }),
      (fault) => print(describeFault(fault)),
    ),
  );
}

function parsed(json = '{}'): object {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // The error below covers invalid JSON and JSON that is not an object.
  }
  throw new MisuseError(
    `'${json}' is not a JSON object. Write for example '{"function": "authenticateClient"}'.`,
  );
}
