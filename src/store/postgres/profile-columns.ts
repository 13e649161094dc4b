import type { Profile } from '../records.js';
import { profileColumns, selection, type Columns } from '../columns.js';

/** SQL condition that excludes profiles of an open batch. Every read of the table must include it. */
export const notInOpenBatch = '(batch IS NULL OR batch NOT IN (SELECT id FROM open_batches))';

export const profileSelection = selection(profileColumns);

/** Types of the columns that are not text. */
const types: Partial<Columns<Profile>> = {
  sharedIccid: 'boolean',
  confirmationCodeHash: 'bytea',
  boundTransactionId: 'bytea',
  confirmationCodeAttemptsLeft: 'bigint',
  downloadAttemptsLeft: 'bigint',
  validUntil: 'bigint',
  installedSeqNumber: 'bigint',
  createdAt: 'bigint',
  updatedAt: 'bigint',
};

export const typeOf = (member: keyof Profile): string => types[member] ?? 'text';
