import { Command } from 'commander';
import { SimulationRequest, type SimulationView } from '../../api/index.js';
import { examples } from '../help.js';
import { memberFlags } from '../member-flags.js';
import { eidDigits } from '../numbers.js';
import { print } from '../output.js';
import { callApi } from '../server-calls.js';
import { choiceFlags, membersOf, type ApiFlags } from './api-flags.js';
import { describeProfile } from './describe.js';

type SimulateFlags = ApiFlags & SimulationRequest & { readonly matchingId?: string };

/** `mock-smdp profile simulate`, also as `mock-smdp order simulate`. */
export function simulateCommand(): Command {
  const command = new Command('simulate')
    .description(
      'Simulate a download of a profile, without a device. The operator gets the same messages as for a real download.',
    )
    .argument('<iccid>', 'ICCID, or the number of the profile as id:12');
  memberFlags(choiceFlags(command), SimulationRequest, { parsers: { eid: eidDigits } });
  examples(command, [
    ['a phone downloads and installs the profile', 'profile simulate 8900101…'],
    ['the user also enables the profile', 'profile simulate 8900101… --until enabled'],
    ['the user rejects the profile', 'profile simulate 8900101… --fail endUserRejection'],
  ]);
  return command.action((iccid: string, flags: SimulateFlags) => {
    const { matchingId, ...body } = membersOf(flags);
    return callApi(
      flags,
      ({ profiles }) => profiles.simulate(iccid, body, { matchingId }),
      (simulation) => {
        print(`Device ${simulation.eid}: ${simulation.steps.map(stepText).join(', ')}.`);
        describeProfile(simulation.profile).forEach((line) => print(line));
      },
    );
  });
}

const stepText = ({ step, status }: SimulationView['steps'][number]): string =>
  status === undefined ? step : `${step} (refused with ${status})`;
