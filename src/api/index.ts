/** The control API, for testers and for people who run the server. `src/server/` decides who may call it. */
export { FaultFilter, FaultRule } from '../instruments/faults/index.js';
export { es2plusFunctions, ProfileRequest } from '../orders/index.js';
export { AddressDetails, AddressView } from './address.js';
export { CallbackList, CallbackQuery } from './callbacks/routes.js';
export { CallbackView } from './callbacks/view.js';
export { ClockChange, ClockView, Duration } from './clock.js';
export { ConductView } from './conduct.js';
export type { ControlContext } from './context.js';
export { control } from './control.js';
export { CardProperties } from './devices/card.js';
export { ConsentRequest } from './devices/consent.js';
export { DiscoveryRequest, DownloadRequest } from './devices/download.js';
export { OperationError } from './devices/error-view.js';
export { deviceEventView, DeviceEventView } from './devices/event-view.js';
export { DeviceRequest } from './devices/make.js';
export { MemoryResetRequest, ProfileChangeRequest } from './devices/manage.js';
export { DeliveryView, NotificationView } from './devices/notification-view.js';
export { OperationSummary, OperationView, QuestionView, StepView } from './devices/operation-view.js';
export { InstalledProfileView } from './devices/profile-view.js';
export { OperationResult } from './devices/result-view.js';
export { DeviceChange } from './devices/settings.js';
export { UserChange, UserView } from './devices/user.js';
export { DeviceDetails, DeviceView } from './devices/view.js';
export { WaitQuery } from './devices/wait.js';
export { EuiccRequest, EuiccView, tlsRoots } from './euicc.js';
export { FaultExampleView, MagicCodeView } from './faults/routes.js';
export { WebhookRequest } from './webhooks/request.js';
export { DeliveryList, DeliveryQuery, WebhookPing } from './webhooks/routes.js';
export { CreatedWebhook, WebhookView } from './webhooks/view.js';
export { ScenarioChange, ScenarioView } from './faults/scenarios.js';
export { FaultView } from './faults/view.js';
export { answerNotFound, answerUnreadablePath, unknownPathAdvice } from './http/error-handler.js';
export { Problem, ProblemDetails, problemsInWords, sendProblem, type FieldProblem } from './http/problem.js';
export { compileValidator } from './http/validation.js';
export { ExchangeDetails } from './journal/details.js';
export type { TransitionView } from './journal/event-view.js';
export { ExportQuery } from './journal/export.js';
export { ExchangeList } from './journal/exchanges.js';
export { boundsInWords, boundsOf, NearMiss } from './journal/expectation.js';
export { ExchangeQuery, SecretsQuery } from './journal/query.js';
export { SessionView } from './journal/session-view.js';
export { OneSessionQuery, SessionDetails, SessionList, SessionQuery } from './journal/sessions.js';
export { ExchangeSummary } from './journal/summary.js';
export { Unverified, Verified, VerifyRequest } from './journal/verify.js';
export { ManifestAnswer } from './manifests/answer.js';
export { ImportQuery } from './manifests/import.js';
export { RowProblem, RowWarning } from './manifests/answer.js';
export { NamespaceView } from './namespaces.js';
export { OperatorBody } from './operators/settings.js';
export { OperatorView } from './operators/view.js';
export { CodesQuery, MdmCodesView } from './pools/activation-codes.js';
export { ListQuery as CodeListQuery } from './pools/list-query.js';
export { DeviceStatus } from './pools/deployment.js';
export { GeneratedPool, PoolRequest } from './pools/generate.js';
export * from './seeds/index.js';
export {
  MadeSubscribers,
  SubscriberExportRequest,
  SubscriberImportQuery,
  SubscriberList,
  SubscriberQuery,
  SubscriberRequest,
  SubscriberView,
  WrittenSubscribers,
} from './subscribers/index.js';
export { ImportedPool } from './pools/import.js';
export { DeletedPool, PoolView } from './pools/show.js';
export { PoolStatus, StatusQuery } from './pools/status.js';
export { TypeBody, TypeQuery } from './profile-types/change.js';
export { largestPackage } from './profile-types/routes.js';
export { ProfileTypeView } from './profile-types/view.js';
export { CreatedProfile } from './profiles/create.js';
export { ProfileDetails } from './profiles/details.js';
export { ProfileList, ProfileListQuery } from './profiles/list.js';
export { Cancellation, LimitReset } from './profiles/life-cycle.js';
export { SimulationRequest, SimulationView } from './profiles/simulate.js';
export { ProfileChoice } from './profiles/lookup.js';
export { ProfileView } from './profiles/view.js';
export { ExchangeFile, ReplayReport } from './recording/index.js';
export { RouteRequest } from './proxy/request.js';
export { RouteView } from './proxy/routes.js';
export { ResetRequest } from './reset.js';
export { EventFilter, EventList, EventView } from './sm-ds/routes.js';
export { StatisticsQuery, StatisticsView } from './statistics.js';
export { SnapshotView } from './snapshots.js';
export type { ChangeProblem, KeptByReset, Testing } from './testing.js';
export * from './management/index.js';
export { DeviceWordsView } from './journal/device-words-view.js';
