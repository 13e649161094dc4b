/**
 * Fleets: many devices that download from one SM-DP+. The memory that a fleet needs does not grow with the number of
 * devices.
 */
export { arrivalTimes, type Arrivals } from './arrivals.js';
export { LatencyHistogram, type LatencySummary } from './histogram.js';
export type { FleetDevice, FleetOptions, FleetProgress } from './options.js';
export { fleetReport } from './report/index.js';
export { runFleet } from './run-fleet.js';
export { fleetStates, type DeviceEnd, type FleetState } from './states.js';
export type { FailureCount, FleetResult, UnexpectedDevice } from './tally.js';
export type { TimelineBin, TimelineSummary } from './timeline.js';
