/** Simulates downloads without a device, for tests of operators' systems, which need only the messages about downloads. */
export type { SimulationContext } from './context.js';
export { failureRule, simulatedFailures, type FailureRule, type SimulatedFailure } from './failures.js';
export { simulatedStates, type SimulatedState } from './plan.js';
export { simulate, type SimulatedDownload, type SimulatedStep } from './simulate.js';
