import type { Profile } from '../store/index.js';
import { Refusal, type StatusCode } from '../wire/rsp/index.js';
import { downloadState, nextState } from './life-cycle.js';
import {
  entry,
  giveUp,
  isOfAnother,
  refused,
  type DownloadAttempt,
  type OrderChange,
} from './order-change.js';
import { NotificationPoint } from './progress.js';

/** The status codes of orders that ended at a limit. A device that asks again gets the same status code. */
const limitReached: ReadonlySet<string | null> = new Set<StatusCode>(['8.8.5/4.10', '8.8.5/6.4']);

const { eligibilityAndRetryLimitCheck } = NotificationPoint;

/**
 * Decides whether the device may download the profile of this order. Checks EID, state, expiry, attempts and eligibility (SGP.22 3.1.3),
 * and counts the attempt. Any number of devices may ask for an order without an EID; `deliverBpp` links the order to one of them.
 *
 * @param eligibility raises a Refusal if the eUICC does not fit the profile
 * @returns the changes, with a refusal if the order has expired (8.8.5/4.10), no attempts are left (8.8.5/6.4), or the
 * eUICC is not eligible (8.2.5/4.3, 8.1/4.8). The operator gets a message about such a refusal
 * @throws Refusal 8.1.1/3.8, 8.2/1.2, 8.2.6/3.8, which are not reported to the operator
 */
export function admitDownload(
  profile: Profile,
  attempt: DownloadAttempt,
  eligibility: () => void,
): OrderChange {
  if (profile.state === 'Installed' && profile.reuse === 'once') {
    throw new Refusal('8.2.6/3.8', 'MatchingID is spent');
  }
  if (profile.reuse === 'per-device' && attempt.installedBefore) {
    throw new Refusal('8.2.6/3.8', 'MatchingID is spent for this EID');
  }
  if (isOfAnother(profile, attempt)) {
    throw new Refusal('8.1.1/3.8', 'profile is linked to another EID');
  }
  if (profile.state === 'Error' && profile.reuse === 'once' && limitReached.has(profile.errorStatus)) {
    throw new Refusal(profile.errorStatus as StatusCode, 'download order has ended');
  }
  const from = downloadState(profile);
  const to = nextState(from, 'authenticateClient')!;
  if (profile.validUntil !== null && profile.validUntil <= attempt.now) {
    return giveUp(
      profile,
      attempt,
      eligibilityAndRetryLimitCheck,
      new Refusal('8.8.5/4.10', 'download order has expired'),
    );
  }
  if (profile.downloadAttemptsLeft === 0) {
    return giveUp(
      profile,
      attempt,
      eligibilityAndRetryLimitCheck,
      new Refusal('8.8.5/6.4', 'no download attempts are left'),
    );
  }
  try {
    eligibility();
  } catch (error) {
    if (error instanceof Refusal) return refused(eligibilityAndRetryLimitCheck, error);
    throw error;
  }
  const isNewState = to !== profile.state;
  return {
    set: {
      ...(isNewState && { state: to }),
      ...(profile.downloadAttemptsLeft !== null && {
        downloadAttemptsLeft: profile.downloadAttemptsLeft - 1,
      }),
    },
    history: isNewState ? [entry(profile, attempt, 'authenticateClient', to)] : [],
    progress: { point: eligibilityAndRetryLimitCheck },
  };
}
