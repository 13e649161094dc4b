/** ES11 (LPA → SM-DS): what is waiting for a device, and where. */
export type { Es11Context } from './context.js';
export { es11, type Es11Options } from './plugin.js';
export { smds } from './smds.js';
