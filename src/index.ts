/**
 * `mock-smdp`: an SM-DP+ in the process of an integration suite, and what such a suite needs to read and write.
 */
export * from './library/index.js';
export type {
  CallbackList,
  CallbackQuery,
  CallbackView,
  ClockView,
  CodeListQuery,
  CreatedProfile,
  DeletedPool,
  DeviceStatus,
  Duration,
  EventFilter,
  EventList,
  EventView,
  ExchangeDetails,
  ExchangeFile,
  ExchangeList,
  ExchangeQuery,
  ExchangeSummary,
  FaultView,
  FieldProblem,
  GeneratedPool,
  ImportQuery,
  ImportedPool,
  ManifestAnswer,
  MdmCodesView,
  NearMiss,
  OperatorBody,
  OperatorView,
  PoolRequest,
  PoolStatus,
  PoolView,
  ProblemDetails,
  ProfileDetails,
  ProfileList,
  ProfileTypeView,
  ProfileView,
  ResetRequest,
  SessionDetails,
  SessionList,
  SessionQuery,
  SessionView,
  SnapshotView,
  TransitionView,
  TypeBody,
  TypeQuery,
  Unverified,
  Verified,
  VerifyRequest,
} from './api/index.js';
export type { FaultFilter, FaultRule } from './instruments/faults/index.js';
export type { ProfileRequest } from './orders/index.js';
export { PkiError } from './pki/index.js';
export {
  activationCodeUri,
  formatActivationCode,
  parseActivationCode,
  type ActivationCode,
} from './wire/rsp/activation-code.js';
export {
  replay,
  ReplayFileError,
  type Difference,
  type ReplayedExchange,
  type ReplayOptions,
  type ReplayOutcome,
  type ReplayReport,
} from './replay/index.js';
export { ConfigError, ListenError } from './server/index.js';
export { StoreError, type ProfileFilter, type ProfileState } from './store/index.js';
