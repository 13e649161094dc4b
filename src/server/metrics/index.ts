export { ServerMetrics } from './metrics.js';
export type { StateContext } from './state.js';
