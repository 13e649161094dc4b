/** OMA-DM in the form that Windows uses: reads, writes and carries out SyncML documents. */
export * from './document.js';
export { SyncMlError } from './errors.js';
export { executeDocument, type Execution } from './execute.js';
export { locUri, parseLocUri, type NodeAddress } from './loc-uri.js';
export { readSyncMl } from './read-document.js';
export { statusMeanings, SyncRefusal, SyncStatus } from './status.js';
export type { Change, GivenValue, ManagementTree, NodeFormat, NodeValue } from './tree.js';
export { writeSyncMl, type OutgoingCommand, type OutgoingDocument } from './write-document.js';
export { xmlLimits } from './xml.js';
