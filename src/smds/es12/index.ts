/** ES12 (SM-DP+ → SM-DS), and ES15 (SM-DS → root SM-DS), as server and as client. */
export { callSmds, SmdsError, smdsClient, type SmdsClientOptions } from './client/index.js';
export type { Es12Context } from './context.js';
export { es12 } from './plugin.js';
