/** The requests that the server received and its answers: kept for a limited time, decoded when read. */
export { refusingClause } from './clause.js';
export { binaryMember, decodedBody, decodedMember, membersOf } from './decoded.js';
export {
  ExchangeEntry,
  type JournalEntry,
  type ProfileTransition,
  type SessionTrace,
  type TransitionEntry,
} from './entry.js';
export {
  hasTrait,
  isInTime,
  isMatchingId,
  traitOf,
  traits,
  type ExchangeFilter,
  type FilterMember,
} from './filter.js';
export { NamespaceJournal, entryNamespace } from './in-namespace.js';
export { Journal, type JournalOptions } from './journal.js';
export type { Loss } from './losses.js';
export { interrupted, resultOf, success, unverified } from './result.js';
export { hashCcOf, secretsOf, withoutSecrets } from './secrets.js';
export { MatchingExchanges } from './tally.js';
export type { SharedLog } from './shared-log.js';
export { textForm } from './text-form.js';
export type { JournalView } from './view.js';
