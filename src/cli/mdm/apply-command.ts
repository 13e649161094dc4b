import { Command } from 'commander';
import type { PolicySetView, PolicyStatusView, ProblemDetails } from '../../api/index.js';
import { fileToRead } from '../files.js';
import { examples } from '../help.js';
import { commandFor } from '../invocation.js';
import { print, printable, printStatus } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { ApiProblem, callApi } from '../server-calls.js';
import { readPolicyFile, type PolicyFile } from './policy-file.js';
import { failuresIn, requireNone, type Failure } from './failures.js';
import { showStatus } from './show-status.js';

/** Options of commands that can make devices check in after the command has changed a policy. */
export interface Syncing extends ApiFlags {
  readonly sync?: boolean;
}

export const syncOption = '--sync';
export const syncText =
  'let the devices check in, wait for them, and show the status; exits with 1 if an activation fails';

/** `mock-smdp mdm policy apply`. */
export function applyCommand(): Command {
  const command = new Command('apply')
    .description(
      'Make or change the groups and policies in a YAML or JSON file. If the server refuses any of them, nothing changes.',
    )
    .argument('<file>', 'the file; docs/mdm.md describes it', fileToRead)
    .option(syncOption, syncText);
  examples(apiFlags(command), [
    ['a download server for a group', 'mdm policy apply data/policy.example.yaml'],
  ]);
  return command.action(async (path: string, flags: Syncing) => {
    const file = await readPolicyFile(path);
    const { groups, policies } = file;
    const statuses: PolicyStatusView[] = [];
    let failures: readonly Failure[] = [];
    await callApi(
      flags,
      async (calls) => {
        const { management } = calls;
        const made = await management.apply({ groups, policies });
        if (flags.sync) for (const { name } of made.policies) statuses.push(await management.sync(name));
        failures = await failuresIn(calls, statuses);
        return made;
      },
      (made) => {
        showMade(made);
        statuses.forEach((status) => showStatus(status, false));
        if (!flags.sync)
          print(`  Devices receive their policies when they check in: ${commandFor('mdm', 'sync', '--all')}`);
      },
    ).catch((error: unknown) => {
      throw error instanceof ApiProblem ? inFile(error, file) : error;
    });
    requireNone(failures);
  });
}

function showMade({ groups, policies }: PolicySetView): void {
  print(`Groups: ${groups.length}. Policies: ${policies.length}.`);
  for (const { name, server, include, remarks } of policies) {
    print(`  ${printable(name)}: ${printable(server)}, for ${printable(include.join(', ')) || 'nobody yet'}`);
    remarks.forEach((remark) => printStatus(`Note: ${printable(remark)}`));
  }
}

/** The refusal, with places in the file instead of members of the request. */
function inFile(error: ApiProblem, file: PolicyFile): ApiProblem {
  const problem = JSON.parse(error.body) as ProblemDetails;
  const errors = problem.errors.map(({ field, line, column, ...rest }) => {
    const list = line === undefined ? undefined : file.codesFileOf(memberIn(file, field)[1] ?? '');
    const place = list
      ? [list, `line ${line}`, ...(column === undefined ? [] : [`column ${column}`])].join(': ')
      : file.placeOf(memberIn(file, field));
    return { ...rest, field: printable(place) };
  });
  return new ApiProblem(JSON.stringify({ ...problem, errors }), error.status);
}

/** The steps of a path such as `policies.esim.include`. The name of a group or policy may contain dots. */
function memberIn({ groups, policies }: PolicyFile, field: string): readonly string[] {
  const names = { groups: Object.keys(groups), policies: Object.keys(policies) };
  for (const kind of ['groups', 'policies'] as const)
    for (const name of names[kind].sort((one, other) => other.length - one.length)) {
      const start = `${kind}.${name}`;
      if (field === start) return [kind, name];
      if (field.startsWith(`${start}.`)) return [kind, name, ...field.slice(start.length + 1).split('.')];
    }
  return field.split('.');
}
