import type {
  DeletionPolicy,
  HistoryEntry,
  InstalledState,
  Profile,
  ProfileState,
  VendorPoint,
} from '../store/index.js';
import { ErrorReason, type StatusCode } from '../wire/rsp/index.js';
import { entry, isOfAnother, type DownloadAttempt, type OrderChange } from './download.js';
import { nextState } from './life-cycle.js';
import { NotificationPoint, type DownloadProgress } from './progress.js';

/** Reasons after which the order may be tried again (SGP.22 3.1.6): the card was full, or the power failed. */
const temporaryReasons: ReadonlySet<number> = new Set([
  ErrorReason.installFailedDueToInsufficientMemoryForProfile,
  ErrorReason.installFailedDueToInterruption,
]);

/** Status code of every failed installation. */
const failed: StatusCode = '8.2.10/4.2';

const reasonName = (reason: number): string =>
  Object.entries(ErrorReason).find(([, value]) => value === reason)?.[0] ?? `errorReason ${reason}`;

/** The content of a ProfileInstallationResult. */
export interface InstallationResult {
  /** Absent: the profile is installed. */
  readonly errorReason?: number | undefined;
  readonly seqNumber: number;
}

/**
 * Applies the result of one delivery to the order.
 *
 * @returns `undefined` if the order stays as it is: it belongs to another eUICC, or the failed delivery was not the last one
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
 * The eUICC reports that the profile is installed. If a later notification arrived first, its state of the profile stays.
 *
 * @returns `undefined` if the profile is Installed already
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
 * The eUICC reports that the installation failed. An order that has ended keeps the status code that ended it.
 *
 * @returns `undefined` if no download of the order is under way
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
 * The message to the operator about a ProfileInstallationResult (SGP.22 5.3.5), even if the result changes nothing.
 *
 * @param reason absent: the profile is installed
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
  /** What happens to a one-time order whose profile was deleted. The operator decides. Default: it stays spent. */
  readonly afterDeletion?: DeletionPolicy | undefined;
  /** Whether the order got its EID from the device that was served first. */
  readonly isLinkedByDownload?: boolean | undefined;
}

/** What a report about an installed profile changes. */
export interface ManagementChange extends OrderChange {
  /** Why a report that arrived too late has no effect. */
  readonly lateness?: string | undefined;
}

/**
 * The eUICC reports that the profile was enabled, disabled or deleted. A notification that arrives after a later one is
 * recorded, but changes nothing.
 */
export function profileManaged(
  profile: Profile,
  attempt: DownloadAttempt,
  { to, seqNumber, afterDeletion = 'staysSpent', isLinkedByDownload = false }: ManagementReport,
): ManagementChange {
  const operation = operations[to];
  const moved = (state: ProfileState, cause?: string): HistoryEntry[] => [
    entry(profile, attempt, `notification ${operation}`, state, cause),
  ];
  if (isLate(profile, seqNumber)) {
    return {
      set: {},
      history: moved(profile.state, 'arrived after a later one'),
      lateness: `no effect: it arrived after the notification with seqNumber ${profile.installedSeqNumber}, which says ${profile.installedState}`,
    };
  }
  const isOfferedAgain = to === 'deleted' && profile.reuse === 'once' && afterDeletion === 'releasedAgain';
  const released = isOfferedAgain ? nextState(profile.state, 'releaseAgain') : undefined;
  const reported = { installedState: to, installedSeqNumber: seqNumber };
  const progress = { point: operation };
  if (!released) return { set: reported, history: moved(profile.state), progress };
  return {
    set: { ...reported, state: released, ...(isLinkedByDownload && { eid: null }) },
    history: moved(released, 'the operator offers it again'),
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
