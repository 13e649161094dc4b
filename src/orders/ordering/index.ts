/** What an operator may do with profiles over ES2+ (SGP.22 5.3): one file per function. */
export { cancelOrder, finalProfileStatuses, type CancelOrderRequest } from './cancel-order.js';
export { confirmOrder, type ConfirmOrderAnswer, type ConfirmOrderRequest } from './confirm-order.js';
export type { Es2PlusCall, OrderingContext } from './context.js';
export { downloadOrder, type DownloadOrderAnswer, type DownloadOrderRequest } from './download-order.js';
export { noEventRegistration, type EventRegistration } from './events.js';
export { releaseProfile, type ReleaseProfileRequest } from './release-profile.js';
