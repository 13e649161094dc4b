/** The SM-DP+ as a client of SM-DSs (SGP.22 3.6, 5.9). It registers an event for each order that can be downloaded. */
export { eventCourier, type EventCourierOptions } from './event-courier.js';
export { EventRegistrar, type EventRegistrarOptions } from './registrar.js';
export { smdsDirectory, type Smds, type SmdsDirectory, type SmdsDirectoryOptions } from './smds.js';
