import { Command, Option } from 'commander';
import { PolicyView, type PolicyStatusView } from '../../api/index.js';
import { collect, examples } from '../help.js';
import { shellWord } from '../invocation.js';
import { memberTable } from '../member-facts.js';
import { print, printable, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi, withServer } from '../server-calls.js';
import { applyCommand, syncOption, syncText, type Syncing } from './apply-command.js';
import { failuresIn, requireNone, type Failure } from './failures.js';
import { showStatus } from './show-status.js';

/** `mock-smdp mdm policy`. */
export const policyCommand = (): Command =>
  new Command('policy')
    .description('Apply, assign, watch and remove policies.')
    .addCommand(applyCommand())
    .addCommand(listCommand())
    .addCommand(assignCommand())
    .addCommand(statusCommand())
    .addCommand(removeCommand());

function listCommand(): Command {
  const command = new Command('list').description('List policies.');
  return apiFlags(command).action((flags: ApiFlags) =>
    callApi(
      flags,
      ({ management }) => management.policies(),
      (policies) => {
        if (policies.length === 0) return printStatus('There are no policies.');
        const ways = {
          include: ({ include }: PolicyView) => include.join(', '),
          exclude: ({ exclude }: PolicyView) => exclude.join(', '),
          remarks: false,
        } as const;
        return memberTable(PolicyView, policies, ways).forEach((line) => print(line));
      },
    ),
  );
}

interface AssignFlags extends Syncing {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly redeploy?: 'all' | 'failed';
}

function assignCommand(): Command {
  const command = new Command('assign')
    .description('Change the groups of a policy, or deploy it again.')
    .argument('<policy>', 'name of the policy')
    .option('--include <group>', 'group that gets the policy; * for all devices (repeatable)', collect)
    .option('--exclude <group>', 'group that does not get the policy (repeatable)', collect)
    .addOption(
      new Option(
        '--redeploy <devices>',
        'devices that receive the policy again: all of them, or those where it failed',
      ).choices(['all', 'failed']),
    )
    .option(syncOption, syncText);
  examples(apiFlags(command), [
    ['give a policy to another group', 'mdm policy assign esim --include sales --exclude guests'],
    ['try a policy again on the devices where it failed', 'mdm policy assign esim --redeploy failed --sync'],
  ]);
  return command.action(async (name: string, given: AssignFlags) => {
    const { include, exclude, redeploy, sync, ...flags } = given;
    const statuses: PolicyStatusView[] = [];
    let failures: readonly Failure[] = [];
    await callApi(
      flags,
      async (calls) => {
        const { management } = calls;
        const policy = await management.assign(name, {
          include: include && [...include],
          exclude: exclude && [...exclude],
          redeploy,
        });
        if (sync) statuses.push(await management.sync(name));
        failures = await failuresIn(calls, statuses);
        return policy;
      },
      (policy) => {
        print(`'${printable(policy.name)}' is for ${printable(policy.include.join(', ')) || 'nobody'}.`);
        statuses.forEach((status) => showStatus(status, false));
      },
    );
    requireNone(failures);
  });
}

interface StatusFlags extends ApiFlags {
  readonly devices?: boolean;
  readonly csv?: boolean;
}

function statusCommand(): Command {
  const command = new Command('status')
    .description('Show the status of a policy, as in an admin centre.')
    .argument('<policy>', 'name of the policy')
    .option('--devices', 'list each device, not only the counts')
    .option('--csv', 'list each device, as CSV');
  examples(apiFlags(command), [
    ['counts', 'mdm policy status esim'],
    ['each device', 'mdm policy status esim --devices'],
  ]);
  return command.action(async (name: string, flags: StatusFlags) => {
    if (flags.csv && !flags.json)
      return print((await withServer(flags, ({ calls }) => calls.management.statusList(name))).trimEnd());
    return callApi(
      flags,
      ({ management }) => management.status(name),
      (status) => showStatus(status, flags.devices === true),
    );
  });
}

function removeCommand(): Command {
  const command = new Command('remove')
    .description('Remove a policy. Profiles stay on the devices.')
    .argument('<policy>', 'name of the policy');
  return apiFlags(command).action((name: string, flags: ApiFlags) =>
    callApi(
      flags,
      ({ management }) => management.deletePolicy(name),
      () => print(`Removed the policy '${shellWord(name)}'. Profiles stay on the devices.`),
    ),
  );
}
