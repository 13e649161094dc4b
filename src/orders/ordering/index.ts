/** What an operator may do with profiles over ES2+ (SGP.22 5.3): one file per function. */
export { cancelOrder } from './cancel-order.js';
export { confirmOrder } from './confirm-order.js';
export type { Es2PlusCall, OrderingContext } from './context.js';
export { downloadOrder } from './download-order.js';
export { noEventRegistration, type EventRegistration } from './events.js';
export {
  es2plusFunctions,
  finalProfileStatuses,
  type Es2PlusAnswer,
  type Es2PlusFunction,
  type Es2PlusRequest,
} from './functions.js';
export { releaseProfile } from './release-profile.js';
