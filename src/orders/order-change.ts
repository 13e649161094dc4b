import type { HistoryEntry, Profile, ProfileChanges } from '../store/index.js';
import { transactionIdToText, type Refusal } from '../wire/rsp/index.js';
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

/** Whether the order is linked to another eUICC. */
export const isOfAnother = (profile: Pick<Profile, 'eid'>, attempt: Pick<DownloadAttempt, 'eid'>): boolean =>
  profile.eid !== null && profile.eid !== attempt.eid;

/** A refusal that does not change the order. */
export const refused = (point: NotificationPoint, refusal: Refusal): OrderChange => ({
  set: {},
  history: [],
  refusal,
  progress: { point, failure: refusal },
});

/** Ends the order. The device and the operator are told why. */
export function giveUp(
  profile: Profile,
  attempt: DownloadAttempt,
  point: NotificationPoint,
  refusal: Refusal,
): OrderChange {
  const to = nextState(downloadState(profile), 'giveUp') ?? profile.state;
  const trigger =
    point === NotificationPoint.eligibilityAndRetryLimitCheck
      ? 'authenticateClient'
      : 'getBoundProfilePackage';
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
