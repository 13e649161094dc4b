/** ES11 (LPA → SM-DS): where a device finds the profiles that wait for it. */
export type { Es11Context } from './context.js';
export { es11, type Es11Options } from './plugin.js';
export { smds } from './smds.js';
