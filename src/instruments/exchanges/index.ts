/** Requests and their answers, as they can be watched and, for tests, tampered with. */
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
export { tlsAlerts, tlsResults, type ListenerFailure, type Origin } from './mishap.js';
export { originOf, originOfSocket, socketBelowTls } from './origin.js';
export { editPoints, type EditPoint, type ReceivedRequest } from './edit-point.js';
