/** ES2+ (operator → SM-DP+): one file per function, steps in the order of SGP.22. */
export type { Es2PlusContext } from './context.js';
export { noEventRegistration, type EventRegistration } from './event-registration.js';
export { es2plus, type Es2PlusOptions } from './plugin.js';
