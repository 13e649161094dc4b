/** Seeds: a state of the server as a file. */
export { applySeed, type SeedOptions, type SeedReport } from './apply.js';
export { SeedDocument } from './document.js';
export { SeedError, type SeedProblem } from './errors.js';
export { filesNamedIn, type SeedFiles } from './files.js';
export type { SeedContext, SeedItem } from './planning.js';
export { SeedExportQuery, SeedQuery, SeedRequest, seeds } from './routes.js';
export { SeedFile, seedSections, type SeedSection } from './schema.js';
export { SeedView } from './view.js';
