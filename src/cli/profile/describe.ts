import { ProfileView } from '../../api/index.js';
import { memberFacts, type FactWays } from '../member-facts.js';

/** How members of a profile are shown that are not shown by their name. */
export const profileWays: FactWays<ProfileView> = {
  state: (profile) => [['state', stateOf(profile)]],
  installedState: false,
  errorStatus: 'error',
  eid: ({ eid }) => [['EID', eid ?? 'any']],
  matchingId: ({ matchingId }) => [['MatchingID', matchingId === '' ? '(empty: found by EID)' : matchingId]],
  activationCode: ({ activationCode }) => [['activation code', activationCode]],
  confirmationCodeRequired: (profile) => [['confirmation code', confirmation(profile)]],
  confirmationCodeAttemptsLeft: false,
  downloadAttemptsLeft: 'downloads left',
  smdsAddress: 'SM-DS',
  smds: ({ smds }) => [
    ['event', smds?.state],
    ['SM-DS says', smds?.lastError ?? undefined],
  ],
  metadata: false,
  createdAt: 'made',
  updatedAt: 'changed',
};

/** A profile and its order, one line for each thing that there is to say. */
export const describeProfile = (profile: ProfileView): string[] =>
  memberFacts(ProfileView, profile, profileWays);

/** With what the eUICC last said: `Installed (enabled)`. */
export const stateOf = ({
  state,
  installedState,
}: {
  readonly state: string;
  readonly installedState: string | null;
}): string => (installedState ? `${state} (${installedState})` : state);

const confirmation = ({ confirmationCodeRequired, confirmationCodeAttemptsLeft }: ProfileView): string =>
  confirmationCodeRequired ? `asked for, ${confirmationCodeAttemptsLeft} attempts left` : 'none';
