import type { HistoryEntry, Profile, ProfileChanges } from '../store/index.js';
import { Refusal, transactionIdToText, type StatusCode } from '../wire/rsp/index.js';
import { confirmationCodeMatches } from './confirmation-code.js';
import { downloadState, nextState } from './life-cycle.js';
import { NotificationPoint, type DownloadProgress } from './progress.js';

/** One attempt of an eUICC to download a profile. */
export interface DownloadAttempt {
  readonly eid: string;
  readonly transactionId: Buffer;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether this eUICC has already installed the profile. */
  readonly installedBefore?: boolean | undefined;
}

/** The changes that a device's request makes to an order. */
export interface OrderChange {
  readonly set: ProfileChanges;
  readonly history: readonly HistoryEntry[];
  readonly refusal?: Refusal;
  /** The message to the operator. */
  readonly progress?: DownloadProgress | undefined;
}

/** A cause in the history: the first BPP of a one-time order linked the order to the EID. */
export const linkedToTheEid = 'BPP delivered, order linked to the EID';

/** The status codes of orders that ended at a limit. A device that asks again gets the same status code. */
const limitReached: ReadonlySet<string | null> = new Set<StatusCode>(['8.8.5/4.10', '8.8.5/6.4']);

const { eligibilityAndRetryLimitCheck, confirmationFailure, bppDownload } = NotificationPoint;

/** A refusal that does not change the order. */
const refused = (point: NotificationPoint, refusal: Refusal): OrderChange => ({
  set: {},
  history: [],
  refusal,
  progress: { point, failure: refusal },
});

/**
 * Decides whether the device may download the profile of this order. Checks EID, state, expiry, attempts and eligibility (SGP.22 3.1.3),
 * and counts the attempt. Any number of devices may ask for an order without an EID; {@link deliverBpp} links the order to one of them.
 *
 * @param eligibility raises a Refusal if the eUICC does not fit the profile
 * @returns the changes. They contain a refusal, which is reported to the operator, if the order has expired (8.8.5/4.10), no attempts
 * are left (8.8.5/6.4), or the eUICC is not eligible (8.2.5/4.3, 8.1/4.8)
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

/**
 * Checks the confirmation code (SGP.22 5.6.2). Counts wrong codes, and ends the order when no attempts are left.
 *
 * @param hashCc as received; an empty `hashCc` counts as absent
 * @returns `undefined` if the code is right, or if the order needs no code
 */
export function checkConfirmationCode(
  profile: Profile,
  attempt: DownloadAttempt,
  hashCc: Buffer | undefined,
): OrderChange | undefined {
  if (profile.confirmationCodeHash === null) return undefined;
  if (!hashCc || hashCc.length === 0)
    return refused(confirmationFailure, new Refusal('8.2.7/2.2', 'confirmation code is missing'));
  if (profile.confirmationCodeAttemptsLeft === 0) {
    const locked = new Refusal('8.2.7/6.4', 'no confirmation code attempts are left');
    if (profile.state === 'Error' && profile.errorStatus === locked.status) throw locked;
    return giveUp(profile, attempt, confirmationFailure, locked);
  }
  if (confirmationCodeMatches(profile.confirmationCodeHash, attempt.transactionId, hashCc)) return undefined;
  const left = profile.confirmationCodeAttemptsLeft - 1;
  const refusal = new Refusal('8.2.7/3.8', 'confirmation code is wrong');
  return {
    ...refused(confirmationFailure, refusal),
    set: { confirmationCodeAttemptsLeft: left },
    history: [
      entry(profile, attempt, 'getBoundProfilePackage', profile.state, `${left} attempts left`, '8.2.7/3.8'),
    ],
  };
}

/**
 * Refuses the download if another eUICC got the order after this eUICC had asked for it. Must be called before the confirmation code is
 * checked, because a wrong code would use up an attempt of the other eUICC.
 *
 * @returns `undefined` if this eUICC may still get the order
 */
export const refuseTaken = (profile: Profile, attempt: DownloadAttempt): OrderChange | undefined =>
  isOfAnother(profile, attempt)
    ? refused(bppDownload, new Refusal('8.2/3.7', 'another eUICC got the profile first'))
    : undefined;

/** Whether the order is linked to another eUICC. */
export const isOfAnother = (profile: Pick<Profile, 'eid'>, attempt: Pick<DownloadAttempt, 'eid'>): boolean =>
  profile.eid !== null && profile.eid !== attempt.eid;

/**
 * Delivers a BPP (SGP.22 5.6.2). The first BPP of a one-time order links the order to the EID. From then on, all other devices that
 * asked for the order are refused.
 *
 * @returns the changes. They contain a refusal, which is reported to the operator, if another eUICC got the order first (8.2/3.7) or
 * the order has expired in the meantime (8.8.5/4.10)
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

function giveUp(
  profile: Profile,
  attempt: DownloadAttempt,
  point: NotificationPoint,
  refusal: Refusal,
): OrderChange {
  const to = nextState(downloadState(profile), 'giveUp') ?? profile.state;
  const trigger = point === eligibilityAndRetryLimitCheck ? 'authenticateClient' : 'getBoundProfilePackage';
  return {
    ...refused(point, refusal),
    set: { state: to, errorStatus: refusal.status },
    history: [entry(profile, attempt, trigger, to, refusal.message, refusal.status)],
  };
}

/** The history entry for a device's request. */
export function entry(
  profile: Profile,
  { now, eid, transactionId }: DownloadAttempt,
  trigger: string,
  to: Profile['state'],
  cause?: string,
  status?: string,
): HistoryEntry {
  return {
    at: now,
    trigger,
    from: profile.state,
    to,
    cause,
    status,
    eid,
    transactionId: transactionIdToText(transactionId),
  };
}
