import { Command, Option } from 'commander';
import { wholeNumber } from '../numbers.js';
import { print } from '../output.js';
import { choiceFlags, membersOf, type ApiFlags } from './api-flags.js';
import type { Profile } from './api-types.js';
import { callApi } from './connect.js';
import { describeProfile } from './describe.js';

interface LifeCycleFlags extends ApiFlags {
  readonly matchingId?: string;
  /** Members of the request's body. */
  readonly finalProfileStatusIndicator?: string;
  readonly confirmationCodeAttempts?: number;
  readonly downloadAttempts?: number;
}

/** `mock-smdp profile release`. */
export const releaseCommand = (): Command =>
  lifeCycleCommand('release', 'Release a confirmed order, so that it can be downloaded.');

/** `mock-smdp profile cancel`. */
export const cancelCommand = (): Command =>
  lifeCycleCommand('cancel', 'Take an order back: the profile loses EID, MatchingID and limits.').addOption(
    new Option(
      '--final-profile-status-indicator <state>',
      'what the profile is then (default: Available)',
    ).choices(['Available', 'Unavailable']),
  );

/** `mock-smdp profile reset`. */
export const resetCommand = (): Command =>
  lifeCycleCommand('reset', 'Make a spent profile downloadable again, with fresh limits.')
    .option(
      '--confirmation-code-attempts <number>',
      'wrong codes that end the order (default: 5)',
      wholeNumber,
    )
    .option('--download-attempts <number>', 'downloads that may be begun (default: no limit)', wholeNumber);

function lifeCycleCommand(name: 'release' | 'cancel' | 'reset', what: string): Command {
  const command = new Command(name)
    .description(what)
    .argument('<iccid>', 'ICCID, or id: and the number of the profile');
  return choiceFlags(command).action((iccid: string, flags: LifeCycleFlags) => {
    const { matchingId, ...body } = membersOf(flags);
    return callApi<Profile>(
      flags,
      (api) => api.post(['profiles', iccid, name], body, { matchingId }),
      (profile) => describeProfile(profile).forEach((line) => print(line)),
    );
  });
}
