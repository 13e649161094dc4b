import type { DownloadProgress } from '../../orders/index.js';
import type { Profile } from '../../store/index.js';

/** What a call of ES2+.HandleDownloadProgressInfo says. */
export interface Report {
  /** functionRequesterIdentifier: this SM-DP+. */
  readonly requester: string;
  readonly functionCallIdentifier: string;
  /** The eUICC that the download is about. */
  readonly eid: string;
  readonly profile: Pick<Profile, 'iccid' | 'profileType'>;
  /** notificationPointId: one of SGP.22, or one of the operator's own. */
  readonly point: number;
  readonly progress: Omit<DownloadProgress, 'point'>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The body of the request (SGP.22 5.3.5, 6.5.2.5). */
export function messageOf({
  requester,
  functionCallIdentifier,
  eid,
  profile,
  point,
  progress,
  at,
}: Report): string {
  const { resultData } = progress;
  return JSON.stringify({
    header: { functionRequesterIdentifier: requester, functionCallIdentifier },
    eid,
    iccid: profile.iccid,
    profileType: profile.profileType,
    timestamp: timestampOf(at),
    notificationPointId: point,
    notificationPointStatus: statusOf(progress),
    ...(resultData && { resultData: resultData.toString('base64') }),
  });
}

function statusOf({ failure }: Omit<DownloadProgress, 'point'>): object {
  if (!failure) return { status: 'Executed-Success' };
  const [subjectCode, reasonCode] = failure.status.split('/');
  return { status: 'Failed', statusCodeData: { subjectCode, reasonCode, message: failure.message } };
}

/** UTC to the second: strict operators take no fraction. */
const timestampOf = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
