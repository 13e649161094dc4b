/** Counts of what happened in the last hour. */
export { step } from './series.js';
export { Statistics } from './statistics.js';
