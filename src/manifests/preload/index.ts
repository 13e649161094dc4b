/** Bulk import of EIDs: creates profiles that wait for their devices. */
export { AbandonedImports } from './abandoned-imports.js';
export type { PreloadCounts, PreloadEvent, PreloadOptions, PreloadResult } from './events.js';
export { mostRejected } from './events.js';
export { preload } from './preload.js';
