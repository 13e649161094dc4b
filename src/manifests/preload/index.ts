/** Bulk intake of EIDs: profiles that wait for their devices. */
export { AbandonedImports } from './abandoned.js';
export type { PreloadCounts, PreloadEvent, PreloadOptions, PreloadResult } from './events.js';
export { mostRejected } from './events.js';
export { preload } from './preload.js';
