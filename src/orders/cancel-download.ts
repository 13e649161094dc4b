import type { Profile } from '../store/index.js';
import { CancelSessionReason, type StatusCode } from '../wire/rsp/index.js';
import { entry, isOfAnother, type DownloadAttempt, type OrderChange } from './order-change.js';
import { downloadState, nextState } from './life-cycle.js';
import { NotificationPoint } from './progress.js';

/** The name of a cancelSession reason, and whether the reason ends the order (SGP.22 3.1.3.1). */
interface ReasonRule {
  readonly name: string;
  /** The status code that the order and its operator get (SGP.22 5.3.5). Absent if the reason does not end the order. */
  readonly status?: StatusCode;
}

const rules: Readonly<Record<number, ReasonRule>> = {
  [CancelSessionReason.endUserRejection]: { name: 'endUserRejection', status: '8.8.5/3.8' },
  [CancelSessionReason.postponed]: { name: 'postponed' },
  [CancelSessionReason.timeout]: { name: 'timeout' },
  [CancelSessionReason.pprNotAllowed]: { name: 'pprNotAllowed', status: '8.2.8/1.2' },
  [CancelSessionReason.metadataMismatch]: { name: 'metadataMismatch', status: '8.2.9/3.11' },
  [CancelSessionReason.loadBppExecutionError]: { name: 'loadBppExecutionError', status: '8.2.10/4.2' },
};

/** Any other reason, including those of later versions, ends the order. */
const undefinedReason: ReasonRule = { name: 'undefinedReason', status: '8/4.2' };

/**
 * Applies cancelSession to the order (SGP.22 5.6.5). If the reason ends the order, the operator gets a message. If another eUICC got the
 * order first, the order does not change.
 *
 * @param session `bound` if a BPP was delivered in the session
 */
export function cancelDownload(
  profile: Profile,
  attempt: DownloadAttempt,
  reason: number,
  session: 'authenticated' | 'bound',
): OrderChange {
  if (isOfAnother(profile, attempt)) return { set: {}, history: [] };
  const { name, status } = rules[reason] ?? undefinedReason;
  const moved = nextState(downloadState(profile), status ? 'reject' : 'postpone');
  const to = moved ?? profile.state;
  return {
    set: { state: to, ...(moved && status && { errorStatus: status }) },
    history: [entry(profile, attempt, 'cancelSession', to, name, status)],
    progress: status && {
      point: session === 'bound' ? NotificationPoint.bppDownload : NotificationPoint.confirmationFailure,
      failure: { status, message: name },
    },
  };
}
