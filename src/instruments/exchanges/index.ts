/** Requests and answers, in a form that interceptors can watch and tests can tamper with. */
export { Interruption, type Answer, type Delivery } from './answer.js';
export {
  Exchange,
  type Check,
  type SessionOutcome,
  type Facts,
  type StoredBefore,
  type GeneratedValues,
  type FaultNote,
  type NotificationRecord,
  type Interceptor,
} from './exchange.js';
export { tlsAlerts, tlsResults, type ListenerFailure, type Origin } from './listener-failure.js';
export { originOf, originOfSocket, socketBelowTls } from './origin.js';
export { editPoints, type EditPoint, type ReceivedRequest } from './edit-point.js';
