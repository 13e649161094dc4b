import { Command, Option } from 'commander';
import { PolicyView } from '../../api/index.js';
import { fileToRead } from '../files.js';
import { collect, examples } from '../help.js';
import { commandFor, shellWord } from '../invocation.js';
import { memberTable } from '../member-facts.js';
import { print, printable, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { ApiProblem, callApi, withServer } from '../server-calls.js';
import { readPolicyFile } from './policy-file.js';
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

interface Syncing extends ApiFlags {
  readonly sync?: boolean;
}

const syncOption = '--sync';
const syncText = 'let the devices check in, wait for them, and show the status';

function applyCommand(): Command {
  const command = new Command('apply')
    .description('Make or change the groups and policies of a file, YAML or JSON.')
    .argument('<file>', 'the file; docs/mdm.md describes it', fileToRead)
    .option(syncOption, syncText);
  examples(apiFlags(command), [
    ['a download server for a group', 'mdm policy apply data/policy.example.yaml'],
  ]);
  return command.action(async (file: string, flags: Syncing) => {
    const { groups, policies } = await readPolicyFile(file);
    let part = '';
    const applied = callApi(
      flags,
      async ({ management }) => {
        for (const [name, group] of Object.entries(groups)) {
          part = `: groups.${name}`;
          await management.setGroup(name, group);
        }
        const made: PolicyView[] = [];
        for (const [name, policy] of Object.entries(policies)) {
          part = `: policies.${name}`;
          made.push(await management.setPolicy(name, policy));
        }
        part = '';
        const statuses = [];
        if (flags.sync) for (const { name } of made) statuses.push(await management.sync(name));
        return { made, statuses };
      },
      ({ made, statuses }) => {
        print(`Groups: ${Object.keys(groups).length}. Policies: ${made.length}.`);
        for (const { name, server, include, remarks } of made) {
          print(
            `  ${printable(name)}: ${printable(server)}, for ${printable(include.join(', ')) || 'nobody yet'}`,
          );
          remarks.forEach((remark) => printStatus(`Note: ${printable(remark)}`));
        }
        statuses.forEach((status) => showStatus(status, false));
        if (flags.sync) return;
        print(`  Devices receive their policies when they check in: ${commandFor('mdm', 'sync', '--all')}`);
      },
    );
    await applied.catch((error: unknown) => {
      throw error instanceof ApiProblem && part !== '' ? error.of(printable(`${file}${part}`)) : error;
    });
  });
}

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
    .option('--exclude <group>', 'group that does not get it (repeatable)', collect)
    .addOption(
      new Option(
        '--redeploy <devices>',
        'devices that have the policy receive it again: all, or those where it failed',
      ).choices(['all', 'failed']),
    )
    .option(syncOption, syncText);
  examples(apiFlags(command), [
    ['give a policy to another group', 'mdm policy assign esim --include sales --exclude guests'],
    ['try again on the devices where it failed', 'mdm policy assign esim --redeploy failed --sync'],
  ]);
  return command.action((name: string, { include, exclude, redeploy, sync, ...flags }: AssignFlags) =>
    callApi(
      flags,
      async ({ management }) => {
        const policy = await management.assign(name, {
          include: include && [...include],
          exclude: exclude && [...exclude],
          redeploy,
        });
        return { policy, status: sync ? await management.sync(name) : undefined };
      },
      ({ policy, status }) => {
        print(`'${printable(policy.name)}' is for ${printable(policy.include.join(', ')) || 'nobody'}.`);
        if (status) showStatus(status, false);
      },
    ),
  );
}

interface StatusFlags extends ApiFlags {
  readonly devices?: boolean;
  readonly csv?: boolean;
}

function statusCommand(): Command {
  const command = new Command('status')
    .description('Show the status of a policy, as an admin centre does.')
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
