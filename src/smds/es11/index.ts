/** ES11 (LPA → SM-DS): tells a device which servers have profiles for it. */
export type { Es11Context } from './context.js';
export { es11, forwardedEs11, type Es11Options } from './plugin.js';
export { smds } from './smds.js';
