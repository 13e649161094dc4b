/** Requests and their answers, as they can be watched and, for tests, tampered with. */
export { Exchange, type Check, type EditPoints, type Facts, type Interceptor } from './exchange.js';
