import type { Profile } from '../store/index.js';
import { Refusal } from '../wire/rsp/index.js';
import { downloadState, lifeCycle, nextState } from './life-cycle.js';
import {
  entry,
  giveUp,
  isOfAnother,
  linkedToTheEid,
  refused,
  type DownloadAttempt,
  type OrderChange,
} from './order-change.js';
import { NotificationPoint } from './progress.js';

const { bppDownload } = NotificationPoint;

/**
 * Refuses the download if another eUICC got the order after this eUICC had asked for it. Call this before the confirmation code is
 * checked, because a wrong code would use up an attempt of the other eUICC.
 *
 * @returns `undefined` if this eUICC may still get the order
 */
export const refuseTaken = (profile: Profile, attempt: DownloadAttempt): OrderChange | undefined =>
  isOfAnother(profile, attempt)
    ? refused(bppDownload, new Refusal('8.2/3.7', 'another eUICC got the profile first'))
    : undefined;

/** Whether a BPP may be delivered in the state of the order. */
export const isDeliverable = (profile: Pick<Profile, 'state' | 'reuse'>): boolean =>
  downloadState(profile) in lifeCycle.getBoundProfilePackage;

/**
 * Delivers a BPP (SGP.22 5.6.2). The first BPP of a one-time order links the order to the EID. From then on, all other devices that
 * asked for the order are refused.
 *
 * @returns the changes, with a refusal if another eUICC got the order first (8.2/3.7) or the order has expired in the
 * meantime (8.8.5/4.10). The operator gets a message about such a refusal
 * @throws Refusal 8.2/3.7 if another session ended the order
 */
export function deliverBpp(profile: Profile, attempt: DownloadAttempt): OrderChange {
  const taken = refuseTaken(profile, attempt);
  if (taken) return taken;
  const to = nextState(downloadState(profile), 'getBoundProfilePackage')!;
  if (profile.validUntil !== null && profile.validUntil <= attempt.now) {
    return giveUp(profile, attempt, bppDownload, new Refusal('8.8.5/4.10', 'download order has expired'));
  }
  const links = profile.eid === null && profile.reuse === 'once';
  return {
    set: {
      state: to,
      ...(links && { eid: attempt.eid }),
      boundTransactionId: attempt.transactionId,
      errorStatus: null,
      // An eUICC that was reset restarts its seqNumbers.
      installedState: null,
      installedSeqNumber: null,
    },
    history: [
      entry(profile, attempt, 'getBoundProfilePackage', to, links ? linkedToTheEid : 'BPP delivered'),
    ],
    progress: { point: bppDownload },
  };
}
