/** Downloads without a device, for operators' systems that only need the messages. */
export type { SimulationContext } from './context.js';
export { failureRule, simulatedFailures, type FailureRule, type SimulatedFailure } from './failures.js';
export { simulatedStates, type SimulatedState } from './plan.js';
export { simulate, type SimulatedDownload, type SimulatedStep } from './simulate.js';
