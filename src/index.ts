/**
 * `mock-smdp`: a mock SM-DP+ (SGP.22) for integration tests.
 *
 * - `startMockSmdp` runs a server inside the test process; `connectMockSmdp` calls a server that runs elsewhere. Both have one
 *   method for each call of the control API.
 * - The types describe the requests and answers of the control API. `docs/answers.md` lists their members.
 * - `formatActivationCode`, `parseActivationCode` and `activationCodeUri` write and read activation codes (SGP.22 4.1).
 * - `replay` plays a recorded session to a server and reports the differences.
 */
export * from './library/index.js';
export type {
  CallbackList,
  CallbackQuery,
  CallbackView,
  Cancellation,
  ClockView,
  CodeListQuery,
  CodesQuery,
  CreatedProfile,
  DeletedPool,
  AddressDetails,
  DeviceStatus,
  Duration,
  EuiccRequest,
  EuiccView,
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
  LimitReset,
  MagicCodeView,
  ManifestAnswer,
  MdmCodesView,
  NamespaceView,
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
  RouteRequest,
  RouteView,
  ScenarioView,
  SessionDetails,
  SessionList,
  SessionQuery,
  SessionView,
  SnapshotView,
  StatusQuery,
  TransitionView,
  TypeBody,
  TypeQuery,
  Unverified,
  Verified,
  VerifyRequest,
  CreatedWebhook,
  DeliveryList,
  DeliveryQuery,
  WebhookPing,
  WebhookRequest,
  WebhookView,
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
export { ConfigError, ListenError } from './server/index.js';
export { StoreError, type ProfileFilter, type ProfileState } from './store/index.js';
