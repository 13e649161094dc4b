import type { StatusCode } from '../wire/rsp/index.js';
import type { ResultDataForm, VendorPoint } from '../store/index.js';

/** Values of notificationPointId (SGP.22 5.3.5). */
export const NotificationPoint = {
  eligibilityAndRetryLimitCheck: 1,
  confirmationFailure: 2,
  bppDownload: 3,
  bppInstallation: 4,
} as const;
export type NotificationPoint = (typeof NotificationPoint)[keyof typeof NotificationPoint];

/** Progress of a download, as reported to its operator with ES2+.HandleDownloadProgressInfo. */
export interface DownloadProgress {
  /** One of SGP.22, or a point that the operator may have given a number of its own. */
  readonly point: NotificationPoint | VendorPoint;
  /** Absent: Executed-Success. */
  readonly failure?: { readonly status: StatusCode; readonly message: string } | undefined;
  /** The ProfileInstallationResult, in each form that an operator may choose. */
  readonly resultData?: Readonly<Record<ResultDataForm, Buffer>> | undefined;
}
