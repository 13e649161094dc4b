import type {
  DeletionPolicy,
  HistoryEntry,
  InstalledState,
  Profile,
  ProfileState,
  VendorPoint,
} from '../store/index.js';
import { ErrorReason, type StatusCode } from '../wire/rsp/index.js';
import { entry, isOfAnother, type DownloadAttempt, type OrderChange } from './order-change.js';
import { nextState } from './life-cycle.js';
import { NotificationPoint, type DownloadProgress } from './progress.js';

/** Reasons after which the device may try again (SGP.22 3.1.6): the eUICC was full, or the power failed. */
const temporaryReasons: ReadonlySet<number> = new Set([
  ErrorReason.installFailedDueToInsufficientMemoryForProfile,
  ErrorReason.installFailedDueToInterruption,
]);

/** The status code for every failed installation. */
const failed: StatusCode = '8.2.10/4.2';

const reasonName = (reason: number): string =>
  Object.entries(ErrorReason).find(([, value]) => value === reason)?.[0] ?? `errorReason ${reason}`;

/** The content of a ProfileInstallationResult. */
export interface InstallationResult {
  /** Absent if the profile was installed. */
  readonly errorReason?: number | undefined;
  readonly seqNumber: number;
}

/**
 * Applies a ProfileInstallationResult to the order.
 *
 * @returns `undefined` if the order does not change, because it belongs to another eUICC, or because the failure
 * concerns an earlier BPP
 */
export function installationReported(
  profile: Profile,
  attempt: DownloadAttempt,
  { errorReason, seqNumber }: InstallationResult,
): OrderChange | undefined {
  if (isOfAnother(profile, attempt)) return undefined;
  if (errorReason === undefined) return profileInstalled(profile, attempt, seqNumber);
  if (!profile.boundTransactionId?.equals(attempt.transactionId)) return undefined;
  return installationFailed(profile, attempt, errorReason);
}

/**
 * Applies the report that the profile was installed. If a newer notification arrived first, the profile stays as that
 * notification said: enabled, disabled or deleted.
 *
 * @returns `undefined` if the profile is already Installed
 */
export function profileInstalled(
  profile: Profile,
  attempt: DownloadAttempt,
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

/**
 * Applies the report that the installation failed. The status code changes only if the state does: an order that
 * is already in Error keeps its code.
 *
 * @returns `undefined` if the order is neither Downloaded nor in Error
 */
export function installationFailed(
  profile: Profile,
  attempt: DownloadAttempt,
  reason: number,
): OrderChange | undefined {
  const isTemporary = temporaryReasons.has(reason);
  const to = nextState(profile.state, isTemporary ? 'installationInterrupted' : 'installationFailed');
  return (
    to && {
      set: { state: to, ...(to !== profile.state && { errorStatus: failed }) },
      history: [entry(profile, attempt, 'notification install', to, reasonName(reason), failed)],
    }
  );
}

/**
 * The message to the operator about a ProfileInstallationResult (SGP.22 5.3.5). The operator also gets it for a result that does not
 * change the order.
 *
 * @param reason absent if the profile was installed
 */
export const installationProgress = (
  resultData: NonNullable<DownloadProgress['resultData']>,
  reason?: number,
): DownloadProgress => ({
  point: NotificationPoint.bppInstallation,
  failure: reason === undefined ? undefined : { status: failed, message: reasonName(reason) },
  resultData,
});

/** What the eUICC reports about an installed profile. */
export interface ManagementReport {
  readonly to: InstalledState;
  readonly seqNumber: number;
  /** The operator's setting for a one-time order whose profile was deleted. Default: the order stays spent. */
  readonly afterDeletion?: DeletionPolicy | undefined;
  /** Whether a download gave the order its EID. */
  readonly isLinkedByDownload?: boolean | undefined;
}

/** The changes that a report about an installed profile makes. */
export interface ManagementChange extends OrderChange {
  /** Why this report has no effect. Present if a newer report arrived first. */
  readonly lateness?: string | undefined;
}

/**
 * Applies the report that the profile was enabled, disabled or deleted. If a newer report arrived first, this report is recorded in
 * the history, but has no effect.
 */
export function profileManaged(
  profile: Profile,
  attempt: DownloadAttempt,
  { to, seqNumber, afterDeletion = 'staysSpent', isLinkedByDownload = false }: ManagementReport,
): ManagementChange {
  const operation = operations[to];
  const historyTo = (state: ProfileState, cause?: string): HistoryEntry[] => [
    entry(profile, attempt, `notification ${operation}`, state, cause),
  ];
  if (isLate(profile, seqNumber)) {
    return {
      set: {},
      history: historyTo(profile.state, 'arrived after a newer notification'),
      lateness: `no effect: arrived after the notification with seqNumber ${profile.installedSeqNumber}, which says that the profile is ${profile.installedState}`,
    };
  }
  const isOfferedAgain = to === 'deleted' && profile.reuse === 'once' && afterDeletion === 'releasedAgain';
  const released = isOfferedAgain ? nextState(profile.state, 'releaseAgain') : undefined;
  const reported = { installedState: to, installedSeqNumber: seqNumber };
  const progress = { point: operation };
  if (!released) return { set: reported, history: historyTo(profile.state), progress };
  return {
    set: { ...reported, state: released, ...(isLinkedByDownload && { eid: null }) },
    history: historyTo(released, 'the operator offers the profile again'),
    progress,
  };
}

const operations: Readonly<Record<InstalledState, VendorPoint>> = {
  enabled: 'enable',
  disabled: 'disable',
  deleted: 'delete',
};

const isLate = ({ installedSeqNumber }: Profile, seqNumber: number): boolean =>
  installedSeqNumber !== null && installedSeqNumber > seqNumber;
