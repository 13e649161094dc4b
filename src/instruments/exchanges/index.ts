/** Requests and answers, in a form that interceptors can watch and change. */
export { Interruption, type Answer, type Delivery } from './answer.js';
export type { Check } from './checks.js';
export { Exchange, type Interceptor } from './exchange.js';
export type { Facts } from './facts.js';
export { tlsAlerts, tlsResults, type ListenerFailure, type Origin } from './listener-failure.js';
export { originOf, originOfSocket, socketBelowTls, withoutTokens } from './origin.js';
export { editPoints, type EditPoint, type ReceivedRequest } from './edit-point.js';
export type {
  FaultNote,
  GeneratedValues,
  NotificationRecord,
  RuleOutcome,
  SessionOutcome,
  StoredBefore,
} from './notes.js';
