/** ES2+.HandleDownloadProgressInfo (SGP.22 5.3.5): reports the progress of downloads to operators. */
export { progressCourier, type ProgressCourierOptions } from './callback-courier.js';
export type { AttemptReport } from './operator-route.js';
export type { ClientTls } from './operator-client.js';
export { ProgressOutbox, type OutboxOptions } from './outbox.js';
