import { Command } from 'commander';
import type { ScenarioView } from '../../api/index.js';
import { examples } from '../help.js';
import { print, printStatus, table } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';

/** `mock-smdp fault scenario`. */
export function scenarioCommand(): Command {
  const command = new Command('scenario')
    .description('Show, set and reset the states that fault rules require and set.')
    .addCommand(listCommand())
    .addCommand(setCommand())
    .addCommand(resetCommand());
  return examples(command, [
    [
      'first rule: the next download moves the scenario to the state sold',
      `fault add --next authenticateClient --scenario shop --new-state sold`,
    ],
    [
      'second rule: in the state sold, refuse downloads',
      'fault add --scenario shop --required-state sold --refuse 8.2.6/3.8',
    ],
    ['allow downloads again', 'fault scenario reset shop'],
  ]);
}

const listCommand = (): Command =>
  apiFlags(new Command('list').description('List the scenarios with their states.')).action(
    (flags: ApiFlags) => callApi(flags, ({ faults }) => faults.scenarios(), showScenarios),
  );

const setCommand = (): Command =>
  apiFlags(
    new Command('set')
      .description('Set the state of a scenario.')
      .argument('<name>', 'name of the scenario')
      .argument('<state>', 'its new state'),
  ).action((name: string, state: string, flags: ApiFlags) =>
    callApi(
      flags,
      ({ faults }) => faults.setScenario(name, state),
      (scenario) => print(`${scenario.name}: ${scenario.state}`),
    ),
  );

const resetCommand = (): Command =>
  apiFlags(
    new Command('reset')
      .description('Return a scenario, or all scenarios, to the state Started.')
      .argument('[name]', 'name of the scenario (default: all)'),
  ).action((name: string | undefined, flags: ApiFlags) =>
    callApi(
      flags,
      ({ faults }) => (name === undefined ? faults.resetScenarios() : faults.resetScenario(name)),
      () => print(name === undefined ? 'All scenarios are in the state Started.' : `${name}: Started`),
    ),
  );

function showScenarios(items: readonly ScenarioView[]): void {
  if (items.length === 0) return printStatus('No fault rule names a scenario.');
  const rows = items.map(({ name, namespace, state }) => [name, state, namespace ?? '']);
  table(['scenario', 'state', 'namespace'], rows).forEach((line) => print(line));
}
