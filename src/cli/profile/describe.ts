import { ProfileView } from '../../api/index.js';
import { memberFacts, type FactFormats } from '../member-facts.js';

/** How to show the members whose label or text differs from the default. `false` hides a member. */
export const profileFormats: FactFormats<ProfileView> = {
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

/** Describes a profile and its order, one line per member. */
export const describeProfile = (profile: ProfileView): string[] =>
  memberFacts(ProfileView, profile, profileFormats);

/** The state, with the last report of the eUICC: `Installed (enabled)`. */
export const stateOf = ({
  state,
  installedState,
}: {
  readonly state: string;
  readonly installedState: string | null;
}): string => (installedState ? `${state} (${installedState})` : state);

const confirmation = ({ confirmationCodeRequired, confirmationCodeAttemptsLeft }: ProfileView): string =>
  confirmationCodeRequired ? `required, ${confirmationCodeAttemptsLeft} attempts left` : 'none';
