import { Command } from 'commander';
import { Cancellation, LimitReset, type ProfileView } from '../../api/index.js';
import type { Profiles } from '../../library/profiles.js';
import { memberFlags } from '../member-flags.js';
import { print } from '../output.js';
import { callApi } from '../server-calls.js';
import { choiceFlags, membersOf, type ApiFlags } from './api-flags.js';
import { describeProfile } from './describe.js';

/** The options of the commands in this file: the choice of the profile, and the members of the request. */
type LifeCycleFlags<Body> = ApiFlags & Body & { readonly matchingId?: string };

/** `mock-smdp profile release`. */
export const releaseCommand = (): Command =>
  lifeCycleCommand(
    'release',
    'Release the profile of a confirmed order, so that a device can download it.',
    (profiles, iccid, _body, choice) => profiles.release(iccid, choice),
  );

/** `mock-smdp profile cancel`. */
export const cancelCommand = (): Command =>
  memberFlags(
    lifeCycleCommand<Cancellation>(
      'cancel',
      'Cancel an order: the profile loses its EID, MatchingID and limits.',
      (profiles, iccid, body, choice) => profiles.cancel(iccid, body, choice),
    ),
    Cancellation,
  );

/** `mock-smdp profile reset`. */
export const resetCommand = (): Command =>
  memberFlags(
    lifeCycleCommand<LimitReset>(
      'reset',
      'Make a spent profile downloadable again, with fresh limits.',
      (profiles, iccid, body, choice) => profiles.reset(iccid, body, choice),
    ),
    LimitReset,
  );

function lifeCycleCommand<Body extends object>(
  name: string,
  what: string,
  run: (
    profiles: Profiles,
    iccid: string,
    body: Body,
    choice: { readonly matchingId: string | undefined },
  ) => Promise<ProfileView>,
): Command {
  const command = new Command(name)
    .description(what)
    .argument('<iccid>', 'ICCID, or the number of the profile as id:12');
  return choiceFlags(command).action((iccid: string, flags: LifeCycleFlags<Body>) => {
    const { matchingId, ...body } = membersOf(flags);
    return callApi(
      flags,
      ({ profiles }) => run(profiles, iccid, body as unknown as Body, { matchingId }),
      (profile) => describeProfile(profile).forEach((line) => print(line)),
    );
  });
}
