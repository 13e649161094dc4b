import type { Profile } from '../store/index.js';
import { CancelSessionReason, type StatusCode } from '../wire/rsp/index.js';
import { entry, isOfAnother, type DownloadAttempt, type OrderChange } from './download.js';
import { downloadState, nextState } from './life-cycle.js';
import { NotificationPoint } from './progress.js';

/** What a reason of cancelSession does to the order, and the code that the operator is told (SGP.22 3.1.3.1, 5.3.5). */
interface ReasonRule {
  readonly name: string;
  /** Absent: the order stays as it is. */
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

/** Every reason without a rule of its own, those of later versions included, ends the order. */
const undefinedReason: ReasonRule = { name: 'undefinedReason', status: '8/4.2' };

/**
 * The device ended the session (SGP.22 5.6.5). The operator is told where that ends the order. An order that another eUICC
 * got first stays as it is.
 *
 * @param session how far the session had come
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
