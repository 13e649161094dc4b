import type { DownloadProgress } from '../../orders/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Profile } from '../../store/index.js';

/** The content of a call of ES2+.HandleDownloadProgressInfo. */
export interface Report {
  /** functionRequesterIdentifier of this SM-DP+. */
  readonly requester: string;
  readonly functionCallIdentifier: string;
  /** The EID of the eUICC that downloads the profile. */
  readonly eid: string;
  readonly profile: Pick<Profile, 'iccid' | 'profileType'>;
  /** notificationPointId: a number of SGP.22, or a number that the operator has chosen. */
  readonly point: number;
  readonly failure?: DownloadProgress['failure'];
  readonly resultData?: Buffer | undefined;
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
  failure,
  resultData,
  at,
}: Report): string {
  return JSON.stringify({
    header: { functionRequesterIdentifier: requester, functionCallIdentifier },
    eid,
    iccid: profile.iccid,
    profileType: profile.profileType,
    timestamp: timestampOf(at),
    notificationPointId: point,
    notificationPointStatus: statusOf(failure),
    ...(resultData && { resultData: resultData.toString('base64') }),
  });
}

function statusOf(failure: DownloadProgress['failure']): object {
  if (!failure) return { status: 'Executed-Success' };
  const refusal = failure instanceof Refusal ? failure : new Refusal(failure.status, failure.message);
  const { subjectCode, reasonCode, shortMessage } = refusal;
  return { status: 'Failed', statusCodeData: { subjectCode, reasonCode, message: shortMessage } };
}

/** UTC without fractions of a second, because strict operators refuse fractions. */
const timestampOf = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
