import type { InstalledState, Profile } from '../store/index.js';
import { ErrorReason } from '../rsp/index.js';
import { entry, type Attempt, type OrderChange } from './download.js';
import { nextState } from './life-cycle.js';

/** Reasons after which the same order may be tried again (SGP.22 3.1.6): the card was full, or the power went. */
const temporaryReasons: ReadonlySet<number> = new Set([
  ErrorReason.installFailedDueToInsufficientMemoryForProfile,
  ErrorReason.installFailedDueToInterruption,
]);

const reasonName = (reason: number): string =>
  Object.entries(ErrorReason).find(([, value]) => value === reason)?.[0] ?? `errorReason ${reason}`;

/**
 * The eUICC reports that the profile is installed. What a later notification has said of it by then stays. `undefined`
 * where that is no news.
 */
export function profileInstalled(
  profile: Profile,
  attempt: Attempt,
  seqNumber: number,
): OrderChange | undefined {
  const to = nextState(profile.state, 'installationSucceeded');
  return (
    to && {
      set: {
        state: to,
        errorStatus: null,
        ...(!isLate(profile, seqNumber) && { installedState: 'disabled', installedSeqNumber: seqNumber }),
      },
      history: [entry(profile, attempt, 'notification install', to)],
    }
  );
}

/** The eUICC reports that the installation failed. `undefined` where that does not matter any more. */
export function installationFailed(
  profile: Profile,
  attempt: Attempt,
  reason: number,
): OrderChange | undefined {
  const isTemporary = temporaryReasons.has(reason);
  const to = nextState(profile.state, isTemporary ? 'installationInterrupted' : 'installationFailed');
  return (
    to && {
      set: { state: to, ...(!isTemporary && { errorStatus: '8.2.10/4.2' }) },
      history: [entry(profile, attempt, 'notification install', to, reasonName(reason), '8.2.10/4.2')],
    }
  );
}

/**
 * The eUICC reports that the profile was enabled, disabled or deleted. A notification that arrives after a later one is
 * recorded but does not turn back what the later one said.
 */
export function profileManaged(
  profile: Profile,
  attempt: Attempt,
  to: InstalledState,
  seqNumber: number,
): OrderChange {
  const late = isLate(profile, seqNumber);
  const trigger = `notification ${to.slice(0, -1)}`;
  return {
    set: late ? {} : { installedState: to, installedSeqNumber: seqNumber },
    history: [
      entry(profile, attempt, trigger, profile.state, late ? 'arrived after a later one' : undefined),
    ],
  };
}

const isLate = ({ installedSeqNumber }: Profile, seqNumber: number): boolean =>
  installedSeqNumber !== null && installedSeqNumber > seqNumber;
