/** The life cycle of profiles, without any HTTP or SQL. */
export { activationCodeOf, qrTextOf } from './activation-code.js';
export {
  cancel,
  isLinkedByDownload,
  noDownload,
  noOrder,
  release,
  reset,
  type ManualChange,
  type FreshLimits,
} from './by-hand.js';
export { confirmationCodeMatches, hashConfirmationCode, isHashOfOctets } from './confirmation-code-hash.js';
export { eventOf, registrationName } from './event-changes.js';
export { afterDeletion } from './after-deletion.js';
export { changesOf, commitDecision, type Decision, type ProfileDecision } from './commit-decision.js';
export { admitDownload } from './admit-download.js';
export { checkConfirmationCode } from './check-confirmation-code.js';
export { deliverBpp, isDeliverable, refuseTaken } from './deliver-bpp.js';
export { isOfAnother, type DownloadAttempt, type OrderChange } from './order-change.js';
export { checkEligibility, type Requirements } from './eligibility.js';
export { decideOrder, type OrderDecision, type OrderSteps, type ProgressMessages } from './decide-order.js';
export { cancelDownload } from './cancel-download.js';
export {
  findOrder,
  noOrderStatuses,
  type NoOrderStatus,
  type OrderChoice,
  type OrderQuery,
} from './find-order.js';
export { downloadState, lifeCycle, nextState, type Trigger } from './life-cycle.js';
export { newMatchingId } from '../base/matching-id.js';
export {
  installationFailed,
  installationProgress,
  installationReported,
  profileInstalled,
  profileManaged,
  type InstallationResult,
  type ManagementReport,
} from './notifications.js';
export { isMadeOnDemand, onDemandMatchingId, shownMatchingId } from './on-demand.js';
export { operatorDefaults, operatorOf } from './operators.js';
export {
  acceptRequest,
  prepareProfile,
  prepareAccepted,
  prepareProfiles,
  type AcceptedRequest,
  type PreparationContext,
  type PreparedProfile,
} from './prepare.js';
export { NotificationPoint, type DownloadProgress } from './progress.js';
export { subscriberOf, type PreparedType } from './prepared-type.js';
export { changesOfShared, downloadMembersOf, isShared, seenByOne } from './shared-order.js';
export {
  simulate,
  simulatedFailures,
  simulatedStates,
  type SimulatedDownload,
  type SimulatedFailure,
  type SimulatedState,
  type SimulatedStep,
  type SimulationContext,
} from './simulate/index.js';
export { removeProfile, removeProfiles } from './remove.js';
export { fromStoredType, toStoredType } from './stored-type.js';
export {
  luhnMember,
  ProfilePast,
  ProfileRequest,
  ProfileRequestError,
  type PreparationRequest,
  type Remark,
} from './profile-request.js';
export {
  ProfileTypeError,
  ProfileTypes,
  type ProfileTypeProblem,
  type ProfileTypesOptions,
  type TypeStore,
} from './profile-types.js';
export {
  es2plusFunctions,
  finalProfileStatuses,
  matchingIdForm,
  matchingIdInWords,
  type Es2PlusAnswer,
  type Es2PlusFunction,
  type Es2PlusRequest,
} from './es2plus-functions.js';
