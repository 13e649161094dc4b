/** Bulk import of EIDs: creates a profile for each device in a list. */
export { AbandonedImports } from './abandoned-imports.js';
export type { PreloadCounts, PreloadEvent, PreloadOptions, PreloadResult } from './events.js';
export { mostRejected } from './events.js';
export { preload } from './preload.js';
