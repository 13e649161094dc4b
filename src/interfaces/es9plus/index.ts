/** ES9+ (LPA → SM-DP+): one file per function, steps in the order of SGP.22. */
export { resultTimeout, type Es9PlusContext } from './context.js';
export { es9plus, type Es9PlusOptions } from './plugin.js';
export { smdp } from './smdp.js';
