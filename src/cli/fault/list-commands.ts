import { Command } from 'commander';
import { FaultFilter, type FaultView } from '../../api/index.js';
import { commandFor } from '../invocation.js';
import { memberFlags } from '../member-flags.js';
import { print, printStatus, table } from '../output.js';
import { apiFlags, membersOf, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { describeFault } from './describe.js';

const filterFlags = (command: Command): Command => apiFlags(memberFlags(command, FaultFilter));

/** `mock-smdp fault list`. */
export const listCommand = (): Command =>
  filterFlags(new Command('list').description('List the fault rules, and how often each has acted.')).action(
    (flags: ApiFlags) => callApi(flags, ({ faults }) => faults.list(membersOf(flags)), showFaults),
  );

/** `mock-smdp fault clear`. */
export const clearCommand = (): Command =>
  filterFlags(
    new Command('clear').description(
      'Remove the fault rules that match the options. Without options, remove all fault rules.',
    ),
  ).action((flags: ApiFlags) =>
    callApi(
      flags,
      ({ faults }) => faults.clear(membersOf(flags)),
      (removed) => print(`Removed ${removed} fault rule${removed === 1 ? '' : 's'}.`),
    ),
  );

function showFaults(items: readonly FaultView[]): void {
  if (items.length === 0)
    return printStatus(`There are no fault rules. Add one: ${commandFor('fault', 'add', '--help')}`);
  const rows = items.map((fault) => [
    describeFault(fault),
    String(fault.matched),
    [
      fault.hits,
      fault.outcomesGiven && `outcomes ${fault.outcomesGiven.join(', ')}`,
      fault.spent && '(spent)',
    ]
      .filter((part) => part !== undefined && part !== false)
      .join(' '),
  ]);
  table(['rule', 'matched', 'hits'], rows).forEach((line) => print(line));
}
