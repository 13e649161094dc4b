/** ES2+ (Operator → SM-DP+): one file per function. What they decide is in `orders/ordering/`. */
export type { Es2PlusContext } from './context.js';
export { es2plus, type Es2PlusOptions } from './plugin.js';
