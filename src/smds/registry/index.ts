/** The event records of an SM-DS (SGP.22 3.6), without any HTTP or SQL. */
export type { SmdsContext } from './context.js';
export { deleteEvent, removeEvent } from './delete-event.js';
export type { EventName, EventRegistration, EventRegistry } from './event-registry.js';
export { registerEvent } from './register-event.js';
