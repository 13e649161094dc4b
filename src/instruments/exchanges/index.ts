/** Requests and their answers, as they can be watched and, for tests, tampered with. */
export { Interruption, type Answer, type Delivery } from './answer.js';
export {
  Exchange,
  type Check,
  type Conclusion,
  type Facts,
  type Found,
  type MadeUp,
  type Note,
  type NotificationRecord,
  type Interceptor,
} from './exchange.js';
export { tlsAlerts, tlsResults, type Mishap, type Origin } from './mishap.js';
export { originOf, originOfSocket, socketBelowTls } from './origin.js';
export { editPoints, type EditPoint, type ReceivedRequest } from './edit-point.js';
