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

/** The progress of a download, as ES2+.HandleDownloadProgressInfo reports it to the operator. */
export interface DownloadProgress {
  /** A point with a number in SGP.22, or a point for which the operator may choose a number. */
  readonly point: NotificationPoint | VendorPoint;
  /** Absent if the status is Executed-Success. */
  readonly failure?: { readonly status: StatusCode; readonly message: string } | undefined;
  /** The ProfileInstallationResult, in each form that an operator may choose. */
  readonly resultData?: Readonly<Record<ResultDataForm, Buffer>> | undefined;
}
