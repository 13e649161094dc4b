/** The JSON binding of SGP.22 6.5, shared by ES2+, ES9+, ES11 and ES12. */
export * from './body.js';
export { callerOf, type Caller } from './caller.js';
export { demandClientCertificate } from './client-certificate.js';
export { bindFunctions, notification, requestResponse, type OpenExchange } from './functions.js';
