/**
 * EID manifests and lists of subscribers: file formats, strict parsing while the file arrives, and the profiles that are made from
 * subscribers.
 */
export { readEid } from './cells/eid.js';
export { inSlices } from './text/in-slices.js';
export { longestRow } from './text/limits.js';
export { codecFor } from './text/encoding.js';
export { luhnRemedy } from './cells/iccid.js';
export { problemIn } from './check-row.js';
export { readCsvRecords } from './csv/read-records.js';
export { CsvRecords, type CsvRecord } from './csv/records.js';
export { ManifestError } from './errors.js';
export { manifestFields, type ManifestField } from './fields.js';
export { defaultMaxLines, readManifest, type ManifestOptions, type ManifestPart } from './read-manifest.js';
export { rejectedRowsWriter, type RejectedRowsWriter } from './rejected-rows.js';
export { problemText, type ManifestRow, type RejectedRow, type RowProblem, type SourceRow } from './rows.js';
export { manifestTemplate } from './template.js';
export { detectedFormatText, type DetectedFormat } from './detected-format.js';
export {
  mostSubscribers,
  readSubscribers,
  type SubscriberList,
  type SubscriberRow,
} from './subscribers/read-subscribers.js';
export {
  subscriberColumnNamed,
  subscriberDataColumns,
  type SubscriberColumn,
} from './subscribers/columns.js';
export { holdersOfImsis, imsiTaken, imsiTakenMeanwhile } from './subscribers/holders.js';
export { subscriberInRow } from './subscribers/in-row.js';
export { incompleteIdentity, withKeys, type Drawing } from './subscribers/keys.js';
export {
  acceptSubscribers,
  prepareAcceptedSubscribers,
  prepareSubscribers,
  SubscriberListError,
  type SubscriberOptions,
} from './subscribers/prepare-subscribers.js';
export { subscribersInRange, type SubscriberRange } from './subscribers/generate-subscribers.js';
export type { SubscriberProblem } from './subscribers/problem.js';
