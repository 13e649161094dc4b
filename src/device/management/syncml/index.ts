/** OMA-DM as Windows speaks it: SyncML documents, and a device's part in carrying them out. */
export * from './document.js';
export { SyncMlError } from './errors.js';
export { executeDocument, type Execution } from './execute.js';
export { locUri, parseLocUri, type NodeAddress } from './loc-uri.js';
export { readSyncMl } from './read-document.js';
export { statusMeanings, SyncRefusal, SyncStatus } from './status.js';
export type { Change, GivenValue, ManagementTree, NodeFormat, NodeValue } from './tree.js';
export { writeSyncMl, type OutgoingCommand, type OutgoingDocument } from './write-document.js';
export { xmlLimits } from './xml.js';
