import { Command } from 'commander';
import { commandFor } from '../invocation.js';
import { print, printStatus, table } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../profile/connect.js';
import type { FaultList } from './api-types.js';
import { describeFault } from './describe.js';

const filterFlags = (command: Command): Command =>
  apiFlags(
    command
      .option('--name <name>', 'only rules with this name')
      .option('--function <name>', 'only rules for this function')
      .option('--eid <eid>', 'only rules for this EID, written as in the rule')
      .option('--matching-id <id>', 'only rules for this MatchingID')
      .option('--iccid <iccid>', 'only rules for this ICCID'),
  );

/** `mock-smdp fault list`. */
export const listCommand = (): Command =>
  filterFlags(new Command('list').description('List the fault rules, and how often each has acted.')).action(
    (flags: ApiFlags) =>
      callApi<FaultList>(flags, (api) => api.get(['faults'], { ...membersOf(flags) }), showFaults),
  );

/** `mock-smdp fault clear`. */
export const clearCommand = (): Command =>
  filterFlags(
    new Command('clear').description('Remove the fault rules that `fault list` shows with the same options.'),
  ).action((flags: ApiFlags) =>
    callApi<{ removed: number }>(
      flags,
      (api) => api.delete(['faults'], { ...membersOf(flags) }),
      ({ removed }) => print(`Removed ${removed} fault rule${removed === 1 ? '' : 's'}.`),
    ),
  );

function showFaults({ items }: FaultList): void {
  if (items.length === 0)
    return printStatus(`There are no fault rules. Add one: ${commandFor('fault', 'add', '--help')}`);
  const rows = items.map((fault) => [
    describeFault(fault),
    String(fault.matched),
    fault.spent ? `${fault.hits} (spent)` : String(fault.hits),
  ]);
  table(['rule', 'matched', 'hits'], rows).forEach((line) => print(line));
}
