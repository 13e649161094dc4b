/** The life cycle of profiles: knows no HTTP and no SQL. */
export { confirmationCodeMatches, hashConfirmationCode } from './confirmation-code.js';
export { decideOn, type Decision } from './decision.js';
export { admitDownload, checkConfirmationCode, deliverBpp, type Attempt, type OrderChange } from './download.js';
export { checkEligibility, type Requirements } from './eligibility.js';
export { cancelDownload } from './end-session.js';
export { findOrder } from './find-order.js';
export { downloadState, lifeCycle, nextState, type Trigger } from './life-cycle.js';
export { installationFailed, profileInstalled, profileManaged } from './notifications.js';
