export { Crew } from './crew.js';
export type { MetricsOfProcess } from './messages.js';
export { refuseUnsoundCalls, refuseUnsoundWorkers } from './soundness.js';
